package io.recredit.resolution;

import static io.recredit.wording.Messages.text;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An open exception with what was done about it so far.
 *
 * @param status open, asked or answered
 * @param caseId the number under which somebody else knows it
 */
record ExceptionWork(
    String refundId,
    LocalDate businessDate,
    String status,
    @Nullable String caseId,
    @Nullable String note) {

  /** With what is asked for; what that leaves empty stays. */
  ExceptionWork with(NoteRequest request) {
    return new ExceptionWork(
        refundId,
        businessDate,
        request.status().isEmpty() ? status : request.status(),
        request.caseId().isEmpty() ? caseId : request.caseId(),
        request.note().isEmpty() ? note : request.note());
  }

  /** "asked, case 4711: no answer yet". */
  String described() {
    var withCase = caseId == null ? status : text("note.with-case", status, caseId);
    return note == null ? withCase : text("note.with-note", withCase, note);
  }
}
