package io.recredit.feed;

import static io.recredit.wording.Messages.text;

import org.jspecify.annotations.Nullable;

/**
 * What the input says under one name: a value, nothing, or something that the contract does not
 * allow. A fault counts only once it is asked for, since the same name may come again in the same
 * record and the last one counts.
 *
 * @param name as it stands in the input
 * @param value null if there is none
 * @param fault the sentence that says what is wrong
 */
record Field<T>(String name, @Nullable T value, @Nullable String fault) {

  private static final int QUOTED_CHARACTERS = 60;
  private static final Field<?> ABSENT = new Field<Object>("", null, null);

  @SuppressWarnings("unchecked") // without a value it is a field of any type
  static <T> Field<T> absent() {
    return (Field<T>) ABSENT;
  }

  static <T> Field<T> of(String name, T value) {
    return new Field<>(name, value, null);
  }

  static <T> Field<T> faulty(String name, String fault) {
    return new Field<>(name, null, fault);
  }

  /** This field, or the other where only that has a value: two spellings of one thing. */
  Field<T> or(Field<T> other) throws BadRecordException {
    var mine = orNull();
    var others = other.orNull();
    if (mine != null && others != null && !mine.equals(others)) {
      throw new BadRecordException(
          text("feed.field.two-names", name, quoted(mine), other.name, quoted(others)));
    }
    return mine == null ? other : this;
  }

  /** This field, or the other where this one says nothing. */
  Field<T> orElse(Field<T> other) throws BadRecordException {
    return orNull() == null ? other : this;
  }

  @Nullable T orNull() throws BadRecordException {
    if (fault != null) {
      throw new BadRecordException(fault);
    }
    return value;
  }

  /**
   * @param usualName to call it by where it is missing
   */
  T required(String usualName) throws BadRecordException {
    var present = orNull();
    if (present == null) {
      throw new BadRecordException(text("feed.field.missing", usualName));
    }
    return present;
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
