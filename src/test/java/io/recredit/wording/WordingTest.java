package io.recredit.wording;

import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.Allocator;
import io.recredit.allocation.Decided;
import io.recredit.allocation.Decision.Excepted;
import io.recredit.allocation.HistoryGenerator;
import io.recredit.allocation.Policies;
import io.recredit.allocation.Reason;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is said of decisions is sentences, over random histories and all policies. */
class WordingTest {

  private static final long SEED = 20_261_120L;
  private static final int HISTORIES = Integer.getInteger("recredit.explained", 400);
  private static final Wording WORDING = new Wording(ZoneOffset.UTC);

  @Test
  void everyExceptionSaysWhyAndWhatToDo() {
    var reasons = EnumSet.noneOf(Reason.class);
    forEveryDecision(
        decided -> {
          if (decided.decision() instanceof Excepted exception) {
            reasons.add(exception.reason());
            isSentence(WORDING.explanation(decided, exception));
            isSentence(
                WORDING.suggested(decided, exception, WholeOrder.of(List.of(decided))).sentence());
          }
        });
    // Nobody resolves anything in these histories, and no document was read of them.
    assertThat(EnumSet.complementOf(reasons))
        .containsExactly(Reason.ON_NO_INVOICE, Reason.RESOLUTION_VOID);
  }

  @Test
  void everyFindingIsToldInSentences() {
    forEveryDecision(
        decided -> {
          for (var finding : decided.findings()) {
            for (var compared : WORDING.compared(decided, finding)) {
              isSentence(compared.sentence());
              assertThat(compared.takers())
                  .allSatisfy(
                      taker ->
                          assertThat(taker.sentence())
                              .matches("(?s)Capture .*\\.")
                              .contains(
                                  taker.candidate().fitsOnTheLines() ? ": fits" : "does not fit"));
            }
          }
        });
  }

  private static void isSentence(String said) {
    assertThat(said)
        .matches("(?s)\\p{Lu}.*\\.|[0-9].*\\.")
        .doesNotContain("null", "Optional", "..", "!", "%s");
  }

  private static void forEveryDecision(Consumer<Decided> law) {
    for (var i = 0; i < HISTORIES; i++) {
      var history = new HistoryGenerator(SEED + i).history();
      for (var spanning : Policies.Spanning.values()) {
        for (var ambiguous : Policies.Ambiguous.values()) {
          var policies =
              Policies.of(
                  spanning, ambiguous, Policies.DEFAULT.returnFeeCountries(), ZoneOffset.UTC);
          new Allocator(policies).decide(history).forEach(law);
        }
      }
    }
  }
}
