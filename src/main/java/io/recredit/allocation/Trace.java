package io.recredit.allocation;

import io.recredit.allocation.Finding.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the steps tell what they compared, for somebody who asks why. While nobody asks, nothing is
 * kept and no sentence is made.
 */
final class Trace {

  static final Trace NOBODY_ASKS = new Trace(null);

  private final @Nullable List<Finding> findings;

  private Trace(@Nullable List<Finding> findings) {
    this.findings = findings;
  }

  static Trace kept() {
    return new Trace(new ArrayList<>());
  }

  void found(Step step, Supplier<String> sentence) {
    if (findings != null) {
      findings.add(new Finding(step, sentence.get(), List.of()));
    }
  }

  /** Made at once, since what a capture has left is different for the next refund. */
  void found(
      Step step,
      Supplier<String> sentence,
      List<CaptureAccount> accounts,
      Function<CaptureAccount, Candidate> candidate) {
    if (findings != null) {
      findings.add(new Finding(step, sentence.get(), accounts.stream().map(candidate).toList()));
    }
  }

  /** What was found of one refund; the next one begins anew. */
  List<Finding> take() {
    if (findings == null) {
      return List.of();
    }
    var taken = List.copyOf(findings);
    findings.clear();
    return taken;
  }
}
