package io.recredit.resolution;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A note that can be made: its exception is open, and nobody noted anything else meanwhile. */
record CheckedNote(NoteRequest request, ExceptionWork work) {

  /**
   * Empty where it says what was there already; {@link UserException} where it cannot be made.
   *
   * @param now null where the exception is not open
   * @param seen as the person saw it; null where it was not open then
   */
  static Optional<CheckedNote> of(
      NoteRequest request, @Nullable ExceptionWork now, @Nullable ExceptionWork seen) {
    var before = request.seenRun() == null ? now : seen;
    if (before != null && before.with(request).equals(before)) {
      return Optional.empty();
    }
    if (now == null || before == null) {
      throw new UserException(text("note.not-open", request.refundId()));
    }
    var work = before.with(request);
    if (work.equals(now)) {
      return Optional.empty();
    }
    if (!before.equals(now)) {
      throw new UserException(text("note.newer", request.refundId(), now.described()));
    }
    if (!NoteRequest.isStatus(request.status())) {
      throw new UserException(text("note.status", request.refundId(), request.status()));
    }
    if (request.by().isEmpty()) {
      throw new UserException(text("resolution.row.no-name"));
    }
    return Optional.of(new CheckedNote(request, work));
  }
}
