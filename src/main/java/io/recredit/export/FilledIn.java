package io.recredit.export;

import java.util.List;

/**
 * A row of the sheet exceptions as an accountant filled it in.
 *
 * @param place where it is, for sentences about it: "Row 12"
 * @param settleAs what is to become of the refund; empty where nobody said
 */
public record FilledIn(String place, String refundId, String settleAs, String note, String by) {

  /**
   * What a file holds.
   *
   * @param rows those that say something
   * @param problems a sentence for each row that cannot be read
   */
  public record Reading(List<FilledIn> rows, List<String> problems) {}

  /** Whether there is nothing that anybody filled in. */
  boolean isEmpty() {
    return settleAs.isEmpty() && note.isEmpty() && by.isEmpty();
  }
}
