package io.recredit.resolution;

import static io.recredit.wording.Messages.text;

import org.jspecify.annotations.Nullable;

/**
 * What somebody did about an exception that is still open. What is empty stays as it is.
 *
 * @param place where it stands, for sentences about it; empty on a command line
 * @param seenRun the run that the person has before them; null for the newest
 */
public record NoteRequest(
    String place,
    String refundId,
    String status,
    String caseId,
    String note,
    String by,
    @Nullable Long seenRun) {

  private static final String STATUS = "open|asked|answered";

  /** Whether the status is one, or none. */
  public static boolean isStatus(String status) {
    return status.isEmpty() || status.matches(STATUS);
  }

  String said(String sentence) {
    return place.isEmpty() ? sentence : text("resolution.at", place, sentence);
  }
}
