package io.recredit.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.MatchRule;
import io.recredit.allocation.Reason;
import io.recredit.allocation.SpecBranch;
import io.recredit.job.RandomWalk.Walked;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.test.context.TestPropertySource;

/**
 * The law of rules.md, part 4: what is shown is a function of the files as last read, of the
 * policies and of the resolutions, and of nothing else; see {@link RandomWalk}.
 *
 * <p>It takes longest of all and begins with an A, so that no other test waits for it at the end.
 *
 * <p>A failure names the seed of its walk: {@code -Drecredit.seed=<it> -Drecredit.walks=1} goes
 * that one alone, with as many threads.
 */
class AnyOrderTest {

  private static final long SEED = Long.getLong("recredit.seed", 20_261_120L);
  private static final int DEFAULT_WALKS = 6;
  private static final int WALKS = Integer.getInteger("recredit.walks", DEFAULT_WALKS);

  private static final Set<Enum<?>> REACHED = new HashSet<>();
  private static final List<Walked> WALKED = new ArrayList<>();

  @BeforeAll
  static void sayWhichWalks() {
    System.out.printf("recredit.seed=%d recredit.walks=%d%n", SEED, WALKS);
  }

  @Nested
  @TestPropertySource(properties = "recredit.threads=1")
  class WithOneThread extends RandomWalk {

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("io.recredit.job.AnyOrderTest#walksWithOneThread")
    void theTablesAreAFunctionOfTheFilesAndThePolicies(long seed) {
      WALKED.add(walk(seed, false, REACHED));
    }
  }

  @Nested
  class WithAThreadPerProcessor extends RandomWalk {

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("io.recredit.job.AnyOrderTest#walksWithAThreadPerProcessor")
    void theTablesAreAFunctionOfTheFilesAndThePolicies(long seed) {
      WALKED.add(walk(seed, false, REACHED));
    }
  }

  /** Every second walk is of so many orders that the threads share them. */
  @Nested
  @TestPropertySource(properties = "recredit.threads=5")
  class WithFiveThreads extends RandomWalk {

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("io.recredit.job.AnyOrderTest#walksWithFiveThreads")
    void theTablesAreAFunctionOfTheFilesAndThePolicies(long seed) {
      WALKED.add(walk(seed, Math.floorMod(seed, 6) == 2, REACHED));
    }
  }

  /** Otherwise the walks prove less than they seem to. */
  @AfterAll
  static void everyPlaceWasReached() {
    System.out.printf(
        "compared behind %d runs over %d orders' histories%n",
        WALKED.stream().mapToInt(Walked::runs).sum(),
        WALKED.stream().mapToInt(Walked::orders).sum());
    if (WALKS >= DEFAULT_WALKS) {
      assertThat(
              Stream.<Enum<?>[]>of(
                      Reason.values(),
                      MatchRule.values(),
                      SpecBranch.values(),
                      WalkEvent.values(),
                      NaivePayouts.Difference.values())
                  .flatMap(Stream::of)
                  .filter(place -> !REACHED.contains(place)))
          .as("never reached in the walks of seed %d", SEED)
          .isEmpty();
    }
  }

  static LongStream walksWithOneThread() {
    return walks(0);
  }

  static LongStream walksWithAThreadPerProcessor() {
    return walks(1);
  }

  static LongStream walksWithFiveThreads() {
    return walks(2);
  }

  private static LongStream walks(int kind) {
    return LongStream.range(SEED, SEED + WALKS).filter(seed -> Math.floorMod(seed, 3) == kind);
  }
}
