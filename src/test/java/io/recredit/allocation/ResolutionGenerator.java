package io.recredit.allocation;

import io.recredit.allocation.Resolution.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Resolutions as an accountant might make them, whether or not they can hold. */
public final class ResolutionGenerator {

  private ResolutionGenerator() {}

  /** Written off, or allocated by hand to one or two of these captures. */
  public static Resolution resolution(
      String refundId, long amount, List<String> captures, Instant at, Random random) {
    var parts = parts(amount, captures, random);
    var onInvoices = parts.stream().mapToLong(Part::amount).sum();
    return new Resolution(refundId, amount, parts, amount - onInvoices, "Anna", at);
  }

  private static List<Part> parts(long amount, List<String> captures, Random random) {
    if (captures.isEmpty() || random.nextInt(3) == 0) {
      return List.of();
    }
    var shuffled = new ArrayList<>(captures);
    Collections.shuffle(shuffled, random);
    if (shuffled.size() == 1 || amount == 1 || random.nextInt(3) > 0) {
      return List.of(new Part(shuffled.get(0), amount));
    }
    var first = Math.min(amount - 1, 1 + (long) (random.nextDouble() * (amount - 1)));
    if (random.nextInt(3) == 0) {
      return List.of(new Part(shuffled.get(0), first));
    }
    return List.of(new Part(shuffled.get(0), first), new Part(shuffled.get(1), amount - first));
  }
}
