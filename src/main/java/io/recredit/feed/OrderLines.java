package io.recredit.feed;

import static io.recredit.wording.Messages.text;

import io.recredit.allocation.OrderLine;
import io.recredit.feed.Fields.Said;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the order lines of a record within the contract's bounds. */
final class OrderLines {

  static final int MAX_LINES = 1_000;

  private final String field;
  private final List<OrderLine> lines = new ArrayList<>();
  private int count;
  private long absoluteAmount;
  private long absoluteTax;
  private @Nullable String fault;

  /**
   * @param field the name that the lines have in the input
   */
  OrderLines(String field) {
    this.field = field;
  }

  /** Whether further lines can still make a difference; otherwise they need only be counted. */
  boolean areWanted() {
    return fault == null && count < MAX_LINES;
  }

  void add(Said said) {
    count++;
    try {
      var line = OrderLineRecord.of(said);
      lines.add(line);
      sum(line);
    } catch (BadRecordException e) {
      fault = text("feed.order-line.wrong", count, e.sentence());
    }
  }

  void addNoObject(String quoted) {
    count++;
    fault = text("feed.order-line.no-object", count, quoted);
  }

  void countOneMore() {
    count++;
  }

  Field<List<OrderLine>> toField() {
    if (count > MAX_LINES) {
      return Field.faulty(field, text("feed.order-line.too-many", field, count, MAX_LINES));
    }
    if (fault != null) {
      return Field.faulty(field, fault);
    }
    return lines.isEmpty() ? Field.absent() : Field.of(field, lines);
  }

  private void sum(OrderLine line) throws BadRecordException {
    try {
      absoluteAmount = Math.addExact(absoluteAmount, Math.absExact(line.totalAmount()));
      if (line.totalTaxAmount() != null) {
        absoluteTax = Math.addExact(absoluteTax, Math.absExact(line.totalTaxAmount()));
      }
    } catch (ArithmeticException e) {
      throw new BadRecordException(text("feed.order-line.overflow", Long.MAX_VALUE));
    }
  }
}
