package io.recredit.job;

import io.recredit.allocation.Capture;
import io.recredit.allocation.Resolution;
import io.recredit.allocation.ResolutionGenerator;
import io.recredit.resolution.ResolutionRequest;
import io.recredit.resolution.ResolveAs;
import io.recredit.resolution.ResolveAs.WriteOff;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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

  static ResolutionRequest asked(Map.Entry<String, Optional<Resolution>> resolved) {
    return new ResolutionRequest(
        "", resolved.getKey(), as(resolved.getValue()), "seen on the invoice", "Anna", null);
  }

  private static ResolveAs as(Optional<Resolution> resolution) {
    if (resolution.isEmpty()) {
      return ResolveAs.WITHDRAW;
    }
    var parts = resolution.get().parts();
    return resolution.get().parts().isEmpty()
        ? ResolveAs.WRITE_OFF
        : ResolveAs.of(
            IntStream.range(0, parts.size()).mapToObj(i -> part(parts, i)).toList(),
            writeOff(resolution.get().writtenOffAmount()));
  }

  /** The last one gets what the others leave. */
  private static String part(List<Resolution.Part> parts, int i) {
    var part = parts.get(i);
    return i == parts.size() - 1
        ? part.captureId()
        : part.captureId() + "=" + BigDecimal.valueOf(part.amount(), 2).toPlainString();
  }

  private static @Nullable WriteOff writeOff(long amount) {
    return amount == 0 ? null : new WriteOff(BigDecimal.valueOf(amount, 2));
  }
}
