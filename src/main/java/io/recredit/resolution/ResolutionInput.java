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
import org.springframework.stereotype.Component;

/** Resolutions that somebody asks for, as the input of a run. */
@Component
public class ResolutionInput {

  private final ResolvableRefunds resolvable;
  private final Resolutions resolutions;
  private final Clock clock;

  ResolutionInput(ResolvableRefunds resolvable, Resolutions resolutions, Clock clock) {
    this.resolvable = resolvable;
    this.resolutions = resolutions;
    this.clock = clock;
  }

  /**
   * All of them or, with a sentence for each that cannot be, none; empty where all of it stands so
   * already.
   */
  public Optional<OwnInput> of(ResolutionRequests requests) {
    var refunds =
        resolvable.refunds(requests.all().stream().map(ResolutionRequest::refundId).toList());
    var checked = checked(requests, refunds, resolvable.seen(requests.all()));
    if (checked.isEmpty()) {
      return Optional.empty();
    }
    var dates = refunds.values().stream().map(ResolvableRefund::businessDate).sorted().toList();
    return Optional.of(
        new OwnInput(
            dates.get(0),
            dates.get(dates.size() - 1),
            runId -> resolutions.write(runId, checked, clock.instant())));
  }

  private static List<CheckedResolution> checked(
      ResolutionRequests requests,
      Map<String, ResolvableRefund> refunds,
      Map<List<?>, SeenRefund> seen) {
    var checked = new ArrayList<CheckedResolution>();
    var wrong = new ArrayList<>(requests.problems());
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
    if (!wrong.isEmpty()) {
      throw new UserException(ResolutionsRefused.said(wrong.stream()));
    }
    return checked;
  }

  private static List<?> seenAs(ResolutionRequest request, Seen seen) {
    return List.of(seen.run(), request.refundId());
  }
}
