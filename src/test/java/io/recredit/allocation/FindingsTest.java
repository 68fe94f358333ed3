package io.recredit.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the steps found leads to what is decided, over random histories and all policies. */
class FindingsTest {

  private static final long SEED = 20_261_120L;
  private static final int HISTORIES = Integer.getInteger("recredit.explained", 400);

  /** The second reading of the rules notes the places it came by; the last step is the decider. */
  @Test
  void theStepThatDecidedIsThatOfTheSecondReading() {
    forEveryHistory(
        (history, policies) -> {
          var rulings = new NaiveAllocator(policies).decide(history);
          var decided = new Allocator(policies).decide(history);
          for (var i = 0; i < rulings.size(); i++) {
            var lastVisited =
                rulings.get(i).visited().stream().mapToInt(SpecBranch::step).max().orElseThrow();
            assertThat(decided.get(i).last().step().number())
                .as("%s", decided.get(i))
                .isEqualTo(lastVisited);
          }
        });
  }

  @Test
  void everyStepIsFoundInItsOrderAndDecidesSomewhere() {
    var decided = EnumSet.noneOf(Step.class);
    forEveryHistory(
        (history, policies) -> {
          for (var one : new Allocator(policies).decide(history)) {
            decided.add(one.last().step());
            var steps = one.findings().stream().map(Finding::step).distinct().toList();
            assertThat(steps).containsExactly(upTo(one.last().step()));
          }
        });
    assertThat(decided).containsExactly(Step.values());
  }

  /** No step is passed over in silence. */
  private static Step[] upTo(Step last) {
    return EnumSet.range(Step.DUPLICATE, last).toArray(Step[]::new);
  }

  @Test
  void whoIsCreditedByReferencesIsAmongTheCandidatesThatCouldTakeIt() {
    forEveryHistory(
        (history, policies) -> {
          for (var one : new Allocator(policies).decide(history)) {
            if (one.decision() instanceof Decision.Credited credited
                && one.last().step().number() >= Step.ONE_CAPTURE.number()) {
              var able =
                  candidates(one.last())
                      .filter(Finding.Candidate::canTakeIt)
                      .map(candidate -> candidate.capture().capture())
                      .toList();
              assertThat(able)
                  .containsAll(credited.credits().stream().map(Credit::capture).toList());
            }
          }
        });
  }

  private static Stream<Finding.Candidate> candidates(Finding finding) {
    return finding instanceof Finding.OneCapture one
        ? one.covering().stream()
        : ((Finding.LineByLine) finding).lines().stream().flatMap(l -> l.carrying().stream());
  }

  private static void forEveryHistory(BiConsumer<OrderHistory, Policies> law) {
    for (var i = 0; i < HISTORIES; i++) {
      var history = new HistoryGenerator(SEED + i).history();
      for (var spanning : Policies.Spanning.values()) {
        for (var ambiguous : Policies.Ambiguous.values()) {
          law.accept(
              history,
              Policies.of(
                  spanning, ambiguous, Policies.DEFAULT.returnFeeCountries(), ZoneOffset.UTC));
        }
      }
    }
  }
}
