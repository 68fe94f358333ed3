package io.recredit.feed;

import static io.recredit.wording.Messages.text;
import static java.math.BigInteger.ZERO;

import io.recredit.allocation.OrderLine;
import io.recredit.feed.Fields.Name;
import io.recredit.feed.Fields.Said;
import io.recredit.feed.Fields.Spelling;
import io.recredit.feed.OrderDocument.OfCapture;
import io.recredit.feed.OrderDocument.OfRefund;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A line of an orders file: what {@code GET /ordermanagement/v1/orders/{order_id}} returns, with
 * {@code read_at} added, such as
 *
 * <pre>{@code
 * {"read_at":"2026-11-20T03:00:00Z","order_id":"o-1","purchase_country":"SE","purchase_currency":"SEK",
 *  "order_amount":19998,"captured_amount":9999,"refunded_amount":2000,"remaining_authorized_amount":0,
 *  "captures":[{"capture_id":"c-1","captured_amount":9999,"captured_at":"2026-11-18T09:30:00Z",
 *               "refunded_amount":2000,"klarna_reference":"K4MADNY6-1"}],
 *  "refunds":[{"refund_id":"r-1","refunded_amount":2000,"refunded_at":"2026-11-19T16:05:00Z"}]}
 * }</pre>
 *
 * on one line. What is not named here is passed over unread: customers, addresses, the order's own
 * lines.
 */
final class DocumentRecord {

  static final Fields FIELDS = Fields.amongPersonalOnes();
  static final Fields CAPTURE_FIELDS = new Fields();
  static final Fields REFUND_FIELDS = new Fields();

  private static final Name<String> ORDER_ID =
      FIELDS.required(
          "order_id", Spelling.networkId("payment_transaction_id"), JsonFields::identifier);
  private static final Name<String> PURCHASE_COUNTRY =
      FIELDS.required("purchase_country", JsonFields::country);
  private static final Name<String> PURCHASE_CURRENCY =
      FIELDS.required("purchase_currency", JsonFields::currency);
  private static final Name<Instant> READ_AT = FIELDS.optional("read_at", JsonFields::time);
  private static final Name<Long> ORDER_AMOUNT = amount(FIELDS, "order_amount");
  private static final Name<Long> CAPTURED_AMOUNT = amount(FIELDS, "captured_amount");
  private static final Name<Long> REFUNDED_AMOUNT = amount(FIELDS, "refunded_amount");
  private static final Name<Long> REMAINING_AUTHORIZED_AMOUNT =
      amount(FIELDS, "remaining_authorized_amount");
  private static final Name<String> MERCHANT_REFERENCE1 =
      FIELDS.optional("merchant_reference1", JsonFields::identifier);
  private static final Name<String> MERCHANT_REFERENCE2 =
      FIELDS.optional("merchant_reference2", JsonFields::identifier);
  private static final Name<String> KLARNA_REFERENCE =
      FIELDS.optional("klarna_reference", JsonFields::identifier);
  private static final Name<List<OfCapture>> CAPTURES =
      FIELDS.optional(
          "captures", (in, name) -> in.records(name, CAPTURE_FIELDS, DocumentRecord::capture));
  private static final Name<List<ListedRefund>> REFUNDS =
      FIELDS.optional(
          "refunds", (in, name) -> in.records(name, REFUND_FIELDS, DocumentRecord::refund));

  private static final Name<String> CAPTURE_ID =
      CAPTURE_FIELDS.required(
          "capture_id", Spelling.networkId("payment_capture_id"), JsonFields::identifier);
  private static final Name<Long> AMOUNT_OF_CAPTURE =
      CAPTURE_FIELDS.required("captured_amount", (in, name) -> in.wholeNumber(name, 1));
  private static final Name<Instant> CAPTURED_AT =
      CAPTURE_FIELDS.required("captured_at", JsonFields::time);
  private static final Name<Long> REFUNDED_ON_CAPTURE = amount(CAPTURE_FIELDS, "refunded_amount");
  private static final Name<String> INVOICE_NUMBER =
      CAPTURE_FIELDS.optional("klarna_reference", JsonFields::identifier);
  private static final Name<String> CAPTURE_REFERENCE =
      CAPTURE_FIELDS.optional(
          "reference", Spelling.of("payment_capture_reference"), JsonFields::identifier);
  private static final Name<List<OrderLine>> CAPTURE_LINES =
      CAPTURE_FIELDS.optional("order_lines", Spelling.of("line_items"), JsonFields::orderLines);

  private static final Name<String> REFUND_ID =
      REFUND_FIELDS.optional(
          "refund_id", Spelling.networkId("payment_refund_id"), JsonFields::identifier);
  private static final Name<Long> AMOUNT_OF_REFUND =
      REFUND_FIELDS.required("refunded_amount", (in, name) -> in.wholeNumber(name, 0));
  private static final Name<Instant> REFUNDED_AT =
      REFUND_FIELDS.required("refunded_at", JsonFields::time);
  private static final Name<String> REFUND_REFERENCE =
      REFUND_FIELDS.optional(
          "reference", Spelling.of("payment_refund_reference"), JsonFields::identifier);
  private static final Name<String> DESCRIPTION =
      REFUND_FIELDS.optional("description", JsonFields::text);
  private static final Name<List<OrderLine>> REFUND_LINES =
      REFUND_FIELDS.optional("order_lines", Spelling.of("line_items"), JsonFields::orderLines);

  private DocumentRecord() {}

  private static Name<Long> amount(Fields fields, String name) {
    return fields.optional(name, (in, n) -> in.wholeNumber(n, 0));
  }

  /** A refund as the document lists it: it may be of 0, and may have no id. */
  private record ListedRefund(
      @Nullable String refundId,
      long refundedAmount,
      Instant refundedAt,
      @Nullable String reference,
      @Nullable String description,
      List<OrderLine> orderLines) {}

  private static OfCapture capture(Said said) {
    return new OfCapture(
        said.required(CAPTURE_ID),
        said.required(AMOUNT_OF_CAPTURE),
        said.required(CAPTURED_AT),
        said.orNull(REFUNDED_ON_CAPTURE),
        said.orNull(INVOICE_NUMBER),
        said.orNull(CAPTURE_REFERENCE),
        Objects.requireNonNullElse(said.orNull(CAPTURE_LINES), List.of()));
  }

  private static ListedRefund refund(Said said) {
    return new ListedRefund(
        said.orNull(REFUND_ID),
        said.required(AMOUNT_OF_REFUND),
        said.required(REFUNDED_AT),
        said.orNull(REFUND_REFERENCE),
        said.orNull(DESCRIPTION),
        Objects.requireNonNullElse(said.orNull(REFUND_LINES), List.of()));
  }

  static Delivered.OfDocument of(Said said) throws BadRecordException {
    var orderId = said.required(ORDER_ID);
    var captures = Objects.requireNonNullElse(said.orNull(CAPTURES), List.<OfCapture>of());
    var listed = Objects.requireNonNullElse(said.orNull(REFUNDS), List.<ListedRefund>of());
    var faults = new ArrayList<String>();
    requireOneOfEach("capture_id", captures.stream().map(OfCapture::captureId).toList(), faults);
    requireOneOfEach(
        "refund_id",
        listed.stream().map(ListedRefund::refundId).filter(Objects::nonNull).toList(),
        faults);
    requireSum("captured_amount", captures, OfCapture::capturedAmount, faults);
    requireSum(
        "refunded_amount",
        captures,
        capture -> Objects.requireNonNullElse(capture.refundedAmount(), 0L),
        faults);
    requireSum("refunded_amount", listed, ListedRefund::refundedAmount, faults);
    var refunds = named(orderId, listed, faults);
    if (!faults.isEmpty()) {
      throw new BadRecordException(faults);
    }
    return new Delivered.OfDocument(
        new OrderDocument(
            orderId,
            said.required(PURCHASE_COUNTRY),
            said.required(PURCHASE_CURRENCY),
            said.orNull(READ_AT),
            said.orNull(ORDER_AMOUNT),
            said.orNull(CAPTURED_AMOUNT),
            said.orNull(REFUNDED_AMOUNT),
            said.orNull(REMAINING_AUTHORIZED_AMOUNT),
            new MerchantReferences(
                said.orNull(MERCHANT_REFERENCE1), said.orNull(MERCHANT_REFERENCE2)),
            said.orNull(KLARNA_REFERENCE),
            captures,
            refunds));
  }

  private static void requireOneOfEach(String name, List<String> ids, List<String> faults) {
    var seen = new HashSet<String>();
    ids.stream()
        .filter(id -> !seen.add(id))
        .distinct()
        .forEach(id -> faults.add(text("feed.document.twice", name, id)));
  }

  private static <T> void requireSum(
      String name, List<T> of, ToLongFunction<T> amount, List<String> faults) {
    var sum =
        of.stream()
            .map(one -> BigInteger.valueOf(amount.applyAsLong(one)))
            .reduce(ZERO, BigInteger::add);
    if (sum.bitLength() >= Long.SIZE) {
      faults.add(text("feed.document.overflow", name, Long.MAX_VALUE));
    }
  }

  /**
   * The refunds above 0. One without an id is named by its order and its place, from 1, among them
   * in order of their times.
   */
  private static List<OfRefund> named(
      String orderId, List<ListedRefund> listed, List<String> faults) {
    var ids = new HashSet<String>();
    listed.stream().map(ListedRefund::refundId).filter(Objects::nonNull).forEach(ids::add);
    var above = listed.stream().filter(refund -> refund.refundedAmount() > 0).toList();
    var places = new int[above.size()];
    var inTime = new ArrayList<Integer>();
    for (var i = 0; i < above.size(); i++) {
      inTime.add(i);
    }
    inTime.sort((a, b) -> above.get(a).refundedAt().compareTo(above.get(b).refundedAt()));
    for (var place = 0; place < inTime.size(); place++) {
      places[inTime.get(place)] = place + 1;
    }
    var refunds = new ArrayList<OfRefund>();
    for (var i = 0; i < above.size(); i++) {
      var refund = above.get(i);
      var id = refund.refundId();
      var name = id == null ? orderId + "#" + places[i] : id;
      if (id == null) {
        requireName(name, ids, faults);
      }
      refunds.add(
          new OfRefund(
              name,
              id != null,
              refund.refundedAmount(),
              refund.refundedAt(),
              refund.reference(),
              refund.description(),
              refund.orderLines()));
    }
    return refunds;
  }

  private static void requireName(String name, Set<String> ids, List<String> faults) {
    if (name.codePointCount(0, name.length()) > JsonFields.MAX_IDENTIFIER) {
      faults.add(text("feed.document.long-name", name, JsonFields.MAX_IDENTIFIER));
    }
    if (ids.contains(name)) {
      faults.add(text("feed.document.taken-name", name));
    }
  }
}
