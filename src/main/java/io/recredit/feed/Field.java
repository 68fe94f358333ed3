package io.recredit.feed;

import static io.recredit.wording.Messages.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the input says under one name: a value, nothing, or something that the contract does not
 * allow. A fault is no exception, since the same name may come again in the same record and the
 * last one counts.
 *
 * @param name as it stands in the input
 * @param value null if there is none
 * @param faults the sentences that say what is wrong, none if nothing is
 */
record Field<T>(String name, @Nullable T value, List<String> faults) {

  private static final int QUOTED_CHARACTERS = 60;
  private static final Field<?> ABSENT = new Field<Object>("", null, List.of());

  @SuppressWarnings("unchecked") // without a value it is a field of any type
  static <T> Field<T> absent() {
    return (Field<T>) ABSENT;
  }

  static <T> Field<T> of(String name, T value) {
    return new Field<>(name, value, List.of());
  }

  static <T> Field<T> faulty(String name, String fault) {
    return new Field<>(name, null, List.of(fault));
  }

  static <T> Field<T> faulty(String name, List<String> faults) {
    return new Field<>(name, null, List.copyOf(faults));
  }

  /** It has neither a value nor a fault. */
  boolean saysNothing() {
    return value == null && faults.isEmpty();
  }

  /** This field, or the other where only that has a value: two spellings of one thing. */
  Field<T> or(Field<T> other) {
    if (saysNothing()) {
      return other;
    }
    if (other.saysNothing()) {
      return this;
    }
    if (value == null || other.value == null) {
      var both = new ArrayList<>(faults);
      both.addAll(other.faults);
      return faulty(name, both);
    }
    return value.equals(other.value)
        ? this
        : faulty(
            name,
            text("feed.field.two-names", name, quoted(value), other.name, quoted(other.value)));
  }

  /** This field, whatever the other says, unless it says nothing itself. */
  Field<T> before(Field<T> other) {
    return saysNothing() ? other : this;
  }

  private static String quoted(Object value) {
    return value instanceof String text
        ? " \"" + cut(text) + "\""
        : value instanceof Long number ? " " + number : "";
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= QUOTED_CHARACTERS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, QUOTED_CHARACTERS)) + "…";
  }
}
