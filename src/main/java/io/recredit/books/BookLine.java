package io.recredit.books;

import io.recredit.allocation.Capture;
import io.recredit.allocation.OrderLine;
import org.jspecify.annotations.Nullable;

/**
 * A line of a refund in the books.
 *
 * @param capture on whose invoice it stands; null where it is on none
 * @param lineNumber in the refund, from 1; null where it is not one of its lines
 * @param amount in minor units: more than 0 is given back
 * @param taxRate in hundredths of a percent; null where the tax is not known
 * @param taxAmount in minor units; null exactly where taxRate is
 */
public record BookLine(
    Account account,
    @Nullable Capture capture,
    @Nullable Long lineNumber,
    @Nullable String reference,
    @Nullable String name,
    @Nullable String type,
    @Nullable Long quantity,
    @Nullable Long taxRate,
    long amount,
    @Nullable Long taxAmount,
    TaxSource taxSource) {

  /** What stands for no line: a rest, or an amount of which no lines are known. */
  static BookLine without(Account account, @Nullable Capture capture, long amount, Tax tax) {
    return new BookLine(
        account,
        capture,
        null,
        null,
        null,
        null,
        null,
        tax.rate(),
        amount,
        tax.amount(),
        tax.source());
  }

  static BookLine of(
      Account account,
      @Nullable Capture capture,
      @Nullable Long lineNumber,
      OrderLine line,
      Tax tax) {
    return new BookLine(
        account,
        capture,
        lineNumber,
        line.reference(),
        line.name(),
        line.type(),
        line.quantity(),
        tax.rate(),
        line.totalAmount(),
        tax.amount(),
        tax.source());
  }

  public @Nullable String captureId() {
    return capture == null ? null : capture.captureId();
  }
}
