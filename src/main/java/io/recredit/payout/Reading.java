package io.recredit.payout;

import static io.recredit.wording.Messages.counted;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A file's second pass: makes transactions and totals of its rows, or rejects them. */
final class Reading implements Rows {

  private static final int MOST_NAMED = 20;

  private final Payouts payouts;
  private final Sink sink;
  private long withoutReference;
  private long withoutCurrency;

  Reading(Payouts payouts, Sink sink) {
    this.payouts = payouts;
    this.sink = sink;
  }

  @Override
  public void transaction(Said said) {
    var row = new RowCheck(said);
    var payout = payout(said, row);
    if (payout == null) {
      return;
    }
    row.mustHave(Name.TYPE);
    row.mustHave(Name.AMOUNT);
    var type = row.capitals(Name.TYPE);
    var amount = row.amount(Name.AMOUNT, payout.currency());
    var read =
        new Unsure(
            row.capitals(Name.DETAILED_TYPE),
            row.anyText(Name.ORDER_ID, Name.PAYMENT_TRANSACTION_ID),
            row.anyText(Name.CAPTURE_ID, Name.PAYMENT_CAPTURE_ID),
            row.anyText(Name.REFUND_ID, Name.PAYMENT_REFUND_ID),
            row.anyText(Name.MERCHANT_REFERENCE1),
            row.anyText(Name.MERCHANT_CAPTURE_REFERENCE),
            row.anyText(Name.MERCHANT_REFUND_REFERENCE));
    var reference = payout.reference();
    var currency = payout.currency();
    if (!row.isSound() || type == null || amount == null || reference == null || currency == null) {
      sink.rejected(row.rejected());
      return;
    }
    sink.transaction(
        new Transaction(
            reference,
            said.row(),
            type,
            read.detailedType(),
            amount,
            currency,
            read.orderId(),
            read.captureId(),
            read.refundId(),
            read.orderReference(),
            read.captureReference(),
            read.refundReference(),
            row.time(Name.CAPTURE_DATE)));
  }

  /** What a row may leave out. */
  private record Unsure(
      @Nullable String detailedType,
      @Nullable String orderId,
      @Nullable String captureId,
      @Nullable String refundId,
      @Nullable String orderReference,
      @Nullable String captureReference,
      @Nullable String refundReference) {}

  @Override
  public void summary(Said said) {
    var row = new RowCheck(said);
    var payout = payout(said, row);
    if (payout == null) {
      return;
    }
    var currency = payout.currency();
    var totals = new EnumMap<Total, Long>(Total.class);
    for (var total : Total.values()) {
      var amount = row.amount(total, currency);
      if (amount != null) {
        totals.put(total, amount);
      }
    }
    var date = row.date(Name.PAYOUT_DATE);
    if (!row.isSound() || payout.reference() == null || currency == null) {
      sink.rejected(row.rejected());
      return;
    }
    sink.totals(
        new Totals(
            payout.reference(),
            said.row(),
            date == null ? null : date.day(),
            date == null ? null : date.at(),
            currency,
            Collections.unmodifiableMap(totals)));
  }

  @Override
  public void unreadable(RejectedRow row, boolean inSummary) {
    sink.rejected(row);
  }

  /** Null is what the row has under a name, but wrongly. */
  private record Owner(@Nullable String reference, @Nullable String currency) {}

  /** Whose the row is; null where nothing says so and it is counted with others of the kind. */
  private @Nullable Owner payout(Said said, RowCheck row) {
    var isNamed = said.value(Name.PAYMENT_REFERENCE) != null;
    var reference = isNamed ? row.anyText(Name.PAYMENT_REFERENCE) : payouts.fallback();
    if (reference == null && !isNamed) {
      withoutReference++;
      return null;
    }
    if (said.firstOf(Name.CURRENCIES) != null) {
      return new Owner(reference, row.currency());
    }
    var currency = reference == null ? null : payouts.currency(reference);
    if (currency == null && reference != null) {
      withoutCurrency++;
      return null;
    }
    return new Owner(reference, currency);
  }

  /** Says at the end what was rejected whole, and which payouts there were. */
  void complete() {
    var sentences = new ArrayList<String>();
    if (withoutReference > 0) {
      sentences.add(counted("payout.whole.no-reference", withoutReference));
    }
    if (withoutCurrency > 0) {
      sentences.add(counted("payout.whole.no-currency", withoutCurrency, named()));
    }
    if (!sentences.isEmpty()) {
      sink.rejected(new RejectedRow(0, String.join(" ", sentences), ""));
    }
    payouts.parts().forEach(sink::part);
  }

  private String named() {
    var first = payouts.withoutCurrency().limit(MOST_NAMED).collect(Collectors.joining(", "));
    var more = payouts.withoutCurrency().count() - MOST_NAMED;
    return more <= 0 ? first : first + " " + counted("payout.whole.more", more);
  }
}
