package io.recredit.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What is explained is what is decided, over random histories and all policies. */
class ExplainedTest {

  private static final long SEED = 20_261_120L;
  private static final int HISTORIES = 400;

  @Test
  void whatIsExplainedIsWhatIsDecided() {
    forEveryHistory(
        (history, policies) -> {
          var allocator = new Allocator(policies);
          assertThat(allocator.explain(history).stream().map(Explained::decision))
              .containsExactlyElementsOf(allocator.decide(history));
        });
  }

  /** The second reading of the rules notes the places it came by; the last step is the decider. */
  @Test
  void theStepThatDecidedIsThatOfTheSecondReading() {
    forEveryHistory(
        (history, policies) -> {
          var rulings = new NaiveAllocator(policies).decide(history);
          var explained = new Allocator(policies).explain(history);
          for (var i = 0; i < rulings.size(); i++) {
            var lastVisited =
                rulings.get(i).visited().stream().mapToInt(SpecBranch::step).max().orElseThrow();
            assertThat(explained.get(i).decidedBy().number())
                .as("%s", explained.get(i))
                .isEqualTo(lastVisited);
          }
        });
  }

  @Test
  void everyStepIsFoundInItsOrderAndDecidesSomewhere() {
    var decided = EnumSet.noneOf(Step.class);
    forEveryHistory(
        (history, policies) -> {
          for (var explained : new Allocator(policies).explain(history)) {
            decided.add(explained.decidedBy());
            var steps = explained.findings().stream().map(Finding::step).distinct().toList();
            assertThat(steps).containsExactly(upTo(explained.decidedBy()));
          }
        });
    assertThat(decided).containsExactly(Step.values());
  }

  /** No step is passed over in silence. */
  private static Step[] upTo(Step last) {
    return EnumSet.range(Step.DUPLICATE, last).toArray(Step[]::new);
  }

  @Test
  void theFindingsAreSentences() {
    forEveryHistory(
        (history, policies) -> {
          for (var explained : new Allocator(policies).explain(history)) {
            for (var finding : explained.findings()) {
              assertThat(finding.sentence())
                  .matches("(?s)\\p{Lu}.*\\.|[0-9].*\\.")
                  .doesNotContain("null", "Optional", "..", "!");
              assertThat(finding.candidates())
                  .allSatisfy(
                      candidate ->
                          assertThat(candidate.sentence())
                              .matches("(?s)Capture .*\\.")
                              .contains(candidate.fitsOnTheLines() ? ": fits" : "does not fit"));
            }
          }
        });
  }

  @Test
  void whoIsCreditedByReferencesIsAmongTheCandidatesThatCouldTakeIt() {
    forEveryHistory(
        (history, policies) -> {
          for (var explained : new Allocator(policies).explain(history)) {
            if (explained.decision() instanceof Decision.Credited credited
                && explained.decidedBy().number() >= Step.ONE_CAPTURE.number()) {
              var able =
                  explained.findings().stream()
                      .flatMap(finding -> finding.candidates().stream())
                      .filter(Finding.Candidate::canTakeIt)
                      .map(Finding.Candidate::capture)
                      .toList();
              assertThat(able)
                  .containsAll(credited.credits().stream().map(Credit::capture).toList());
            }
          }
        });
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
