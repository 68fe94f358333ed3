package io.recredit.ledger;

import io.recredit.allocation.Decided;
import io.recredit.allocation.Decision.Excepted;
import io.recredit.wording.Proposal;
import io.recredit.wording.WholeOrder;
import io.recredit.wording.Wording;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is said about an exception. It is made anew whenever the order is decided, and replaced
 * where it reads otherwise, without a new version of the decision.
 */
public record ExceptionText(
    String refundId, String explanation, String suggestion, @Nullable Proposal proposal) {

  /** Empty where the refund is no exception. */
  static Optional<ExceptionText> of(Decided decided, WholeOrder whole, Wording wording) {
    if (!(decided.decision() instanceof Excepted exception)) {
      return Optional.empty();
    }
    var suggested = wording.suggested(decided, exception, whole);
    return Optional.of(
        new ExceptionText(
            exception.refund().refundId(),
            wording.explanation(decided, exception),
            suggested.sentence(),
            suggested.proposal()));
  }
}
