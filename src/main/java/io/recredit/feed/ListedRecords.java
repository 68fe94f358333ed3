package io.recredit.feed;

import static io.recredit.wording.Messages.text;

import io.recredit.feed.Fields.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Collects the records of a list in an order document, within the contract's bounds. */
final class ListedRecords<T> {

  static final int MAX_RECORDS = 1_000;

  private final String field;
  private final Function<Said, T> maker;
  private final List<T> records = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private int count;

  /**
   * @param field the name of the list in the input
   * @param maker makes a record of what an object says without a fault
   */
  ListedRecords(String field, Function<Said, T> maker) {
    this.field = field;
    this.maker = maker;
  }

  /** Whether further ones are read; otherwise they need only be counted. */
  boolean areWanted() {
    return count < MAX_RECORDS;
  }

  void countOneMore() {
    count++;
  }

  void add(Said said) {
    count++;
    var wrong = said.faults();
    if (wrong.isEmpty()) {
      records.add(maker.apply(said));
    } else {
      wrong.forEach(fault -> faults.add(text("feed.document.wrong", field, count, fault)));
    }
  }

  void addNoObject() {
    count++;
    faults.add(text("feed.document.no-object", field, count));
  }

  Field<List<T>> toField() {
    if (count > MAX_RECORDS) {
      return Field.faulty(field, text("feed.document.too-many", field, count, MAX_RECORDS));
    }
    return faults.isEmpty() ? Field.of(field, records) : Field.faulty(field, faults);
  }
}
