package io.recredit.ledger;

import io.recredit.allocation.Decided;
import io.recredit.allocation.Policies;
import io.recredit.books.Account;
import io.recredit.books.BookLine;
import io.recredit.books.Books;
import io.recredit.books.TaxSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a refund comes to in the books, as the tables hold it. Two runs came to the same where the
 * facts are equal: other texts alone make no new rows.
 *
 * @param texts as the journal shows them of what the run posts
 */
record BookedRefund(Facts facts, Texts texts) {

  /**
   * What the journal compares, with the lines' names for whoever reads them.
   *
   * @param country of the order at the refund's time
   */
  record Facts(
      String refundId,
      String orderId,
      LocalDate businessDate,
      @Nullable String country,
      @Nullable String currency,
      List<Line> lines) {}

  /** A line; its place among the others is its number. */
  record Line(
      Account account,
      @Nullable String captureId,
      @Nullable Long lineNumber,
      @Nullable String reference,
      @Nullable String name,
      @Nullable String type,
      @Nullable Long quantity,
      @Nullable Long taxRate,
      long amount,
      @Nullable Long taxAmount,
      TaxSource taxSource) {

    private static Line of(BookLine line) {
      var capture = line.capture();
      return new Line(
          line.account(),
          capture == null ? null : capture.captureId(),
          line.lineNumber(),
          line.reference(),
          line.name(),
          line.type(),
          line.quantity(),
          line.taxRate(),
          line.amount(),
          line.taxAmount(),
          line.taxSource());
    }
  }

  /**
   * How people call things.
   *
   * @param decision match rule or reason
   * @param invoices of each line, in their order; null where it is on none
   */
  record Texts(String decision, @Nullable String orderReference, List<@Nullable String> invoices) {}

  /** Empty where it comes to nothing: a duplicate. */
  static Optional<BookedRefund> of(
      Decided decided, @Nullable String orderReference, Policies policies) {
    var lines = Books.linesOf(decided);
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    var decision = decided.decision();
    var refund = decision.refund();
    return Optional.of(
        new BookedRefund(
            new Facts(
                refund.refundId(),
                refund.orderId(),
                policies.businessDate(refund.refundedAt()),
                Books.countryOf(decided),
                decision.currency(),
                lines.stream().map(Line::of).toList()),
            new Texts(
                decided.outcome().word(),
                orderReference,
                lines.stream().map(BookedRefund::invoice).toList())));
  }

  private static @Nullable String invoice(BookLine line) {
    var capture = line.capture();
    return capture == null ? null : capture.invoiceReference();
  }

  String refundId() {
    return facts.refundId();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BookedRefund booked && facts.equals(booked.facts);
  }

  @Override
  public int hashCode() {
    return facts.hashCode();
  }
}
