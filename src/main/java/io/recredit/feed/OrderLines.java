package io.recredit.feed;

import static io.recredit.wording.Messages.text;

import io.recredit.allocation.OrderLine;
import io.recredit.feed.Fields.Said;
import java.util.ArrayList;
import java.util.List;

/** Collects the order lines of a record within the contract's bounds. */
final class OrderLines {

  static final int MAX_LINES = 1_000;

  private final String field;
  private final List<OrderLine> lines = new ArrayList<>();
  private int count;
  private long absoluteAmount;
  private long absoluteTax;
  private final List<String> faults = new ArrayList<>();
  private boolean overflown;

  /**
   * @param field the name that the lines have in the input
   */
  OrderLines(String field) {
    this.field = field;
  }

  /** Whether further lines are read; otherwise they need only be counted. */
  boolean areWanted() {
    return count < MAX_LINES;
  }

  void add(Said said) {
    count++;
    var wrong = said.faults();
    if (wrong.isEmpty()) {
      var line = OrderLineRecord.of(said);
      lines.add(line);
      sum(line);
    } else {
      wrong.forEach(this::fault);
    }
  }

  void addNoObject(String quoted) {
    count++;
    faults.add(text("feed.order-line.no-object", count, quoted));
  }

  void countOneMore() {
    count++;
  }

  Field<List<OrderLine>> toField() {
    if (count > MAX_LINES) {
      return Field.faulty(field, text("feed.order-line.too-many", field, count, MAX_LINES));
    }
    if (!faults.isEmpty()) {
      return Field.faulty(field, faults);
    }
    return lines.isEmpty() ? Field.absent() : Field.of(field, lines);
  }

  private void fault(String sentence) {
    faults.add(text("feed.order-line.wrong", count, sentence));
  }

  /** Said once, of the first line that is too much. */
  private void sum(OrderLine line) {
    if (overflown) {
      return;
    }
    try {
      absoluteAmount = Math.addExact(absoluteAmount, Math.absExact(line.totalAmount()));
      if (line.totalTaxAmount() != null) {
        absoluteTax = Math.addExact(absoluteTax, Math.absExact(line.totalTaxAmount()));
      }
    } catch (ArithmeticException e) {
      overflown = true;
      fault(text("feed.order-line.overflow", Long.MAX_VALUE));
    }
  }
}
