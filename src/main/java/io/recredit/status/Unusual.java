package io.recredit.status;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the last day of files has unlike those before it.
 *
 * @param usual the median of the days before
 */
public record Unusual(What what, long count, double usual) {

  private static final int LEAST_DAYS = 7;
  private static final int TIMES = 3;
  private static final int MORE = 10;

  /** What is counted of a day. */
  public enum What {
    EXCEPTIONS,
    REJECTED,
    REFUNDS
  }

  /**
   * Empty where the day is as usual, or too few are known to tell.
   *
   * @param counts of the last day first, then of those before it; null where it is not known
   */
  static Optional<Unusual> of(What what, List<@Nullable Long> counts) {
    var last = counts.isEmpty() ? null : counts.get(0);
    var before = counts.stream().skip(1).filter(Objects::nonNull).sorted().toList();
    if (last == null || before.size() < LEAST_DAYS) {
      return Optional.empty();
    }
    var half = before.size() / 2;
    var median =
        before.size() % 2 == 1
            ? before.get(half)
            : (before.get(half - 1).doubleValue() + before.get(half)) / 2;
    var many = last > TIMES * median && last > median + MORE;
    var none = last == 0 && before.get(0) > 0;
    return many || none ? Optional.of(new Unusual(what, last, median)) : Optional.empty();
  }
}
