package io.recredit.job;

import io.recredit.allocation.Capture;
import io.recredit.allocation.Resolution;
import io.recredit.allocation.ResolutionGenerator;
import io.recredit.resolution.AskedResolution;
import io.recredit.resolution.AskedResolution.AskedPart;
import io.recredit.resolution.ResolutionEntry.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What an accountant decides on a random walk: by refund, a resolution, or none any more. */
final class RandomResolutions {

  private static final int MOST_AT_ONCE = 5;

  private RandomResolutions() {}

  static Map<String, Optional<Resolution>> choose(LawChecks law, Instant now, Random random) {
    var resolvable = law.resolvable();
    var resolvedBefore =
        resolvable.stream()
            .filter(ruled -> law.isResolved(ruled.ruling().refund().refundId()))
            .toList();
    var resolved = new TreeMap<String, Optional<Resolution>>();
    for (var count = random.nextInt(MOST_AT_ONCE + 1); count > 0; count--) {
      var among = resolvedBefore.isEmpty() || random.nextInt(5) > 0 ? resolvable : resolvedBefore;
      if (among.isEmpty()) {
        break;
      }
      var one = among.get(random.nextInt(among.size()));
      var refund = one.ruling().refund();
      var captures = one.history().captures().stream().map(Capture::captureId).toList();
      resolved.put(
          refund.refundId(),
          law.isResolved(refund.refundId()) && random.nextBoolean()
              ? Optional.empty()
              : Optional.of(
                  ResolutionGenerator.resolution(
                      refund.refundId(), refund.refundedAmount(), captures, now, random)));
    }
    return resolved;
  }

  static AskedResolution asked(Map.Entry<String, Optional<Resolution>> resolved) {
    var parts = resolved.getValue().map(Resolution::parts).orElse(List.of());
    return new AskedResolution(
        "",
        resolved.getKey(),
        kind(resolved.getValue()),
        IntStream.range(0, parts.size()).mapToObj(i -> asked(parts, i)).toList(),
        "seen on the invoice",
        "Anna",
        null);
  }

  private static Kind kind(Optional<Resolution> resolution) {
    if (resolution.isEmpty()) {
      return Kind.WITHDRAWN;
    }
    return resolution.get().parts().isEmpty() ? Kind.WRITTEN_OFF : Kind.BY_HAND;
  }

  /** The last one gets what the others leave. */
  private static AskedPart asked(List<Resolution.Part> parts, int i) {
    var part = parts.get(i);
    return new AskedPart(
        part.captureId(), i == parts.size() - 1 ? null : BigDecimal.valueOf(part.amount(), 2));
  }
}
