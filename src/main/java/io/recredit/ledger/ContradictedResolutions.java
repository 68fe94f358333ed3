package io.recredit.ledger;

import io.recredit.allocation.Allocator;
import io.recredit.allocation.Decided;
import io.recredit.allocation.Policies;
import io.recredit.resolution.Refusal;
import io.recredit.resolution.Resolutions;
import io.recredit.resolution.ResolutionsRefused;
import io.recredit.wording.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/** Resolutions that are contradicted in the very run that makes them: they are not made. */
@Component
public class ContradictedResolutions {

  private final Resolutions resolutions;
  private final OrderHistories histories;

  ContradictedResolutions(Resolutions resolutions, OrderHistories histories) {
    this.resolutions = resolutions;
    this.histories = histories;
  }

  /** {@link ResolutionsRefused} where the run made some. */
  public void refuse(long runId, Policies policies) {
    var contradicted = new ArrayList<Refusal>();
    resolutions
        .contradicted(runId)
        .forEach((n, refundIds) -> contradicted.addAll(refusals(n, refundIds, policies)));
    if (!contradicted.isEmpty()) {
      contradicted.sort(Comparator.comparing(Refusal::refundId));
      throw new ResolutionsRefused(contradicted);
    }
  }

  private List<Refusal> refusals(long n, List<String> refundIds, Policies policies) {
    var history = histories.page(n, n).get(0).history();
    var wording = new Wording(policies.timeZone());
    return new Allocator(policies)
        .decide(history).stream()
            .filter(decided -> refundIds.contains(refundId(decided)))
            .map(decided -> new Refusal(refundId(decided), wording.refusal(decided)))
            .toList();
  }

  private static String refundId(Decided decided) {
    return decided.order().refund().refundId();
  }
}
