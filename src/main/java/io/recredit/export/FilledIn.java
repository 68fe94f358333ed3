package io.recredit.export;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A row of the sheet exceptions as an accountant filled it in.
 *
 * @param place where it is, for sentences about it: "Row 12"
 * @param resolveAs what is to become of the refund; empty where nobody said
 * @param runId the run that made the exception; null where the file does not say
 */
public record FilledIn(
    String place, String refundId, String resolveAs, String note, String by, @Nullable Long runId) {

  /**
   * What a file holds.
   *
   * @param rows those that say something
   * @param problems a sentence for each row that cannot be read
   */
  public record Reading(List<FilledIn> rows, List<String> problems) {}

  /** What is read of a row. */
  static final List<String> COLUMNS =
      List.of(
          Relations.REFUND_ID, Relations.RESOLVE_AS, Relations.NOTE, Relations.BY, Relations.RUN_ID);

  /** A row from its fields, by the names of their columns; those that are missing are empty. */
  static FilledIn of(String place, UnaryOperator<String> field) {
    var run = field.apply(Relations.RUN_ID);
    return new FilledIn(
        place,
        field.apply(Relations.REFUND_ID),
        field.apply(Relations.RESOLVE_AS),
        field.apply(Relations.NOTE),
        field.apply(Relations.BY),
        run.matches("[0-9]{1,18}") ? Long.valueOf(run) : null);
  }

  /** Whether there is nothing that anybody filled in. */
  boolean isEmpty() {
    return resolveAs.isEmpty() && note.isEmpty() && by.isEmpty();
  }
}
