package io.recredit.resolution;

import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The resolutions that one command asks for: all of them are made, or none.
 *
 * @param problems a sentence for each row of a spreadsheet that cannot be understood
 * @param undecided how many rows have a note or a name, and nothing to resolve
 */
public record ResolutionRequests(
    List<ResolutionRequest> all, List<String> problems, int undecided) {

  public ResolutionRequests {
    all = List.copyOf(all);
    problems = List.copyOf(problems);
  }

  public static ResolutionRequests of(ResolutionRequest... requests) {
    return new ResolutionRequests(List.of(requests), List.of(), 0);
  }

  public boolean isEmpty() {
    return all.isEmpty() && problems.isEmpty();
  }

  /** What was done, a line for each. */
  public List<String> done() {
    var done = all.stream().map(ResolutionRequest::done);
    return undecided == 0
        ? done.toList()
        : Stream.concat(done, Stream.of(counted("resolution.undecided", undecided))).toList();
  }

  /** Some of those asked for cannot be made, and so none was: a sentence for each. */
  static UserException refused(List<String> sentences) {
    return new UserException(String.join("\n", sentences) + "\n" + text("resolution.none"));
  }

  /** Why one cannot be made, as found out by the run that made it. */
  static String contradicted(String refundId, String explanation) {
    return text("resolution.contradicted", refundId, explanation);
  }

  /** The same refusal, with the place of each that was {@link #contradicted}. */
  public UserException withPlaces(UserException refusal) {
    return new UserException(
        refusal.getMessage().lines().map(this::withPlace).collect(Collectors.joining("\n")),
        refusal.exitCode());
  }

  private String withPlace(String sentence) {
    return all.stream()
        .filter(request -> sentence.startsWith(contradicted(request.refundId(), "")))
        .findFirst()
        .map(request -> request.said(sentence))
        .orElse(sentence);
  }
}
