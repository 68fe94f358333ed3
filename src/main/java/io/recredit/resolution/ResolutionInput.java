package io.recredit.resolution;

import static io.recredit.wording.Messages.text;

import io.recredit.input.OwnInput;
import io.recredit.wording.UserException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Resolutions that somebody asks for, as the input of a run. */
@Component
public class ResolutionInput {

  private final ResolvableRefunds resolvable;
  private final Resolutions resolutions;
  private final ExceptionNotes notes;
  private final Clock clock;

  ResolutionInput(
      ResolvableRefunds resolvable, Resolutions resolutions, ExceptionNotes notes, Clock clock) {
    this.resolvable = resolvable;
    this.resolutions = resolutions;
    this.notes = notes;
    this.clock = clock;
  }

  /**
   * All of them or, with a sentence for each that cannot be, none; empty where all of it stands so
   * already.
   */
  public Optional<OwnInput> of(ResolutionRequests requests) {
    var refunds =
        resolvable.refunds(requests.all().stream().map(ResolutionRequest::refundId).toList());
    var wrong = new ArrayList<>(requests.problems());
    var checked = checked(requests, refunds, resolvable.seen(requests.all()), wrong);
    var noted = notes.checked(requests.notes(), wrong);
    if (!wrong.isEmpty()) {
      throw new UserException(ResolutionsRefused.said(wrong.stream()));
    }
    if (checked.isEmpty() && noted.isEmpty()) {
      return Optional.empty();
    }
    var dates =
        Stream.concat(
                checked.stream().map(one -> one.refund().businessDate()),
                noted.stream().map(one -> one.work().businessDate()))
            .sorted()
            .toList();
    return Optional.of(
        new OwnInput(
            dates.get(0), dates.get(dates.size() - 1), runId -> write(runId, checked, noted)));
  }

  private void write(long runId, List<CheckedResolution> resolved, List<CheckedNote> noted) {
    resolutions.write(runId, resolved, clock.instant());
    notes.write(runId, noted, clock.instant());
  }

  private static List<CheckedResolution> checked(
      ResolutionRequests requests,
      Map<String, ResolvableRefund> refunds,
      Map<List<?>, SeenRefund> seen,
      List<String> wrong) {
    var checked = new ArrayList<CheckedResolution>();
    var ids = new HashSet<String>();
    for (var request : requests.all()) {
      try {
        if (!ids.add(request.refundId())) {
          throw new UserException(text("resolution.refund.twice", request.refundId()));
        }
        var refund = refunds.get(request.refundId());
        var asSeen = request.seen() == null ? null : seen.get(seenAs(request, request.seen()));
        var one = CheckedResolution.of(request, refund, asSeen);
        if (!one.standsAlready()) {
          one.mustBeAsSeen(asSeen);
          checked.add(one);
        }
      } catch (UserException e) {
        wrong.add(request.said(e.getMessage()));
      }
    }
    return checked;
  }

  private static List<?> seenAs(ResolutionRequest request, Seen seen) {
    return List.of(seen.run(), request.refundId());
  }
}
