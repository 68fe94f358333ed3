package io.recredit.payout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The payouts of a file, as its first pass finds them: what their rows may leave unsaid. */
final class Payouts implements Rows {

  private final ReportName name;
  private final Map<String, Payout> payouts = new LinkedHashMap<>();
  private final List<Pagination> pages = new ArrayList<>();

  /** Of rows without a reference of their own. */
  private final Payout nameless = new Payout();

  private long summaries;
  private @Nullable String onlySummary;

  Payouts(Path file) {
    this.name = ReportName.of(file);
  }

  @Override
  public void summary(Said said) {
    summaries++;
    var payout = payout(said);
    onlySummary = new RowCheck(said).anyText(Name.PAYMENT_REFERENCE);
    payout.summary(said);
  }

  @Override
  public void transaction(Said said) {
    payout(said).transaction(said);
  }

  /** One that cannot be read may be of another payout: then no other is the only one. */
  @Override
  public void unreadable(RejectedRow row, boolean inSummary) {
    summaries += inSummary ? 2 : 0;
  }

  @Override
  public void page(int number, Pagination pagination) {
    pages.add(pagination);
  }

  private Payout payout(Said said) {
    var reference = new RowCheck(said).anyText(Name.PAYMENT_REFERENCE);
    return reference == null
        ? nameless
        : payouts.computeIfAbsent(reference, another -> new Payout());
  }

  /** To be called when all is seen: rows without a reference are now whose they are. */
  void complete() {
    var reference = fallback();
    if (reference != null && nameless.isThere()) {
      payouts.merge(reference, nameless, Payout::or);
    }
  }

  /** Whose a row is that has no reference; null where nothing says so. */
  @Nullable String fallback() {
    return summaries == 1 && onlySummary != null ? onlySummary : name.reference();
  }

  @Nullable String currency(String reference) {
    var payout = payouts.get(reference);
    return payout == null ? null : payout.currency();
  }

  /** What the file's documents say of themselves, in their order. */
  List<Pagination> pages() {
    return pages;
  }

  Stream<String> withoutCurrency() {
    return payouts.entrySet().stream()
        .filter(payout -> payout.getValue().currency() == null)
        .map(Map.Entry::getKey);
  }

  /** Those that have a currency. */
  Stream<PayoutPart> parts() {
    return payouts.entrySet().stream()
        .flatMap(payout -> part(payout.getKey(), payout.getValue()).stream());
  }

  private Optional<PayoutPart> part(String reference, Payout payout) {
    var currency = payout.currency();
    if (currency == null) {
      return Optional.empty();
    }
    var date = payout.date() == null ? name.date() : payout.date();
    return Optional.of(
        new PayoutPart(
            reference,
            date == null ? null : date.day(),
            date == null ? null : date.at(),
            currency,
            payout.pageOffset(pages)));
  }
}
