package io.recredit.resolution;

import static io.recredit.wording.Messages.counted;

import io.recredit.wording.UserException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The resolutions that one command asks for: all of them are made, or none.
 *
 * @param notes what was done about exceptions without deciding about them
 * @param problems a sentence for each row of a spreadsheet that cannot be understood
 * @param undecided how many rows have a note or a name, and nothing to resolve
 */
public record ResolutionRequests(
    List<ResolutionRequest> all, List<NoteRequest> notes, List<String> problems, int undecided) {

  public ResolutionRequests {
    all = List.copyOf(all);
    notes = List.copyOf(notes);
    problems = List.copyOf(problems);
  }

  public static ResolutionRequests of(ResolutionRequest... requests) {
    return new ResolutionRequests(List.of(requests), List.of(), List.of(), 0);
  }

  /** That something was done about an exception, and nothing decided. */
  public static ResolutionRequests of(NoteRequest note) {
    return new ResolutionRequests(List.of(), List.of(note), List.of(), 0);
  }

  public boolean isEmpty() {
    return all.isEmpty() && notes.isEmpty() && problems.isEmpty();
  }

  /** What was done, a line for each. */
  public List<String> done() {
    var done = all.stream().map(ResolutionRequest::done);
    return undecided == 0
        ? done.toList()
        : Stream.concat(done, Stream.of(counted("resolution.undecided", undecided))).toList();
  }

  /** What the run refused, with the place of each. */
  public UserException refused(ResolutionsRefused refused) {
    return new UserException(ResolutionsRefused.said(refused.refusals().stream().map(this::said)));
  }

  private String said(Refusal refusal) {
    return all.stream()
        .filter(request -> request.refundId().equals(refusal.refundId()))
        .findFirst()
        .map(request -> request.said(refusal.sentence()))
        .orElse(refusal.sentence());
  }
}
