package io.recredit.resolution;

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

  /** The sheet of a report's workbook, and the name of its CSV file. */
  public static final String SHEET = "exceptions";

  public static final String REFUND_ID = "refund_id";
  public static final String RESOLVE_AS = "resolve_as";
  public static final String NOTE = "note";
  public static final String BY = "by";
  public static final String RUN_ID = "run_id";

  /** What is read of a row. */
  static final List<String> COLUMNS = List.of(REFUND_ID, RESOLVE_AS, NOTE, BY, RUN_ID);

  /** A row from its fields, by the names of their columns; those that are missing are empty. */
  static FilledIn of(String place, UnaryOperator<String> field) {
    var run = field.apply(RUN_ID);
    return new FilledIn(
        place,
        field.apply(REFUND_ID),
        field.apply(RESOLVE_AS),
        field.apply(NOTE),
        field.apply(BY),
        run.matches("[0-9]{1,18}") ? Long.valueOf(run) : null);
  }

  /** Whether there is nothing that anybody filled in. */
  boolean isEmpty() {
    return resolveAs.isEmpty() && note.isEmpty() && by.isEmpty();
  }
}
