package io.recredit.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.recredit.allocation.Decided;
import io.recredit.allocation.Policies;
import io.recredit.books.BookLine;
import io.recredit.books.Books;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a refund comes to in the books. Two runs came to the same where the digests of the facts are
 * equal: other texts alone make no new rows.
 *
 * @param facts what the tables hold; null of what is in force, of which only the digest is read: a
 *     refund can have a thousand lines
 */
record BookedRefund(String refundId, UUID digest, @Nullable Facts facts) {

  /**
   * What is written.
   *
   * @param country of the order at the refund's time
   * @param decision match rule or reason
   */
  record Facts(
      String orderId,
      LocalDate businessDate,
      @Nullable String country,
      @Nullable String currency,
      String decision,
      @Nullable String orderReference,
      List<BookLine> lines) {

    /**
     * Of all but what people call things, each value with its length, so that none runs into the
     * next.
     */
    private UUID digest(String refundId) {
      var text = new StringBuilder();
      add(text, refundId, orderId, businessDate, country, currency);
      for (var line : lines) {
        add(text, line.account(), line.captureId(), line.lineNumber(), line.reference());
        add(text, line.name(), line.type(), line.quantity(), line.taxRate());
        add(text, line.amount(), line.taxAmount(), line.taxSource());
      }
      return UUID.nameUUIDFromBytes(text.toString().getBytes(UTF_8));
    }

    private static void add(StringBuilder text, @Nullable Object... values) {
      for (var value : values) {
        var said = value == null ? "" : value.toString();
        text.append(value == null ? -1 : said.length()).append(' ').append(said);
      }
    }
  }

  static BookedRefund inForce(String refundId, UUID digest) {
    return new BookedRefund(refundId, digest, null);
  }

  /** Empty where it comes to nothing: a duplicate. */
  static Optional<BookedRefund> of(
      Decided decided, @Nullable String orderReference, Policies policies) {
    var lines = Books.linesOf(decided);
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    var decision = decided.decision();
    var refund = decision.refund();
    var facts =
        new Facts(
            refund.orderId(),
            policies.businessDate(refund.refundedAt()),
            Books.countryOf(decided),
            decision.currency(),
            decided.outcome().word(),
            orderReference,
            lines);
    return Optional.of(new BookedRefund(refund.refundId(), facts.digest(refund.refundId()), facts));
  }

  /** How many rows it is. */
  int size() {
    return facts == null ? 0 : facts.lines().size();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BookedRefund booked && digest.equals(booked.digest);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }
}
