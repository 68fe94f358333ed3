package io.recredit.erasing;

import static io.recredit.wording.Messages.text;

import io.recredit.input.OwnInput;
import io.recredit.ledger.PolicyStore;
import io.recredit.wording.UserException;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/**
 * Erases an order as the input of a run, which says anew what was said of its refunds. What is
 * erased stays so if the run does not finish; the next one then says it.
 */
@Component
public class Erasing {

  private final Erasure erasure;
  private final PolicyStore policies;
  private final Clock clock;

  Erasing(Erasure erasure, PolicyStore policies, Clock clock) {
    this.erasure = erasure;
    this.policies = policies;
    this.clock = clock;
  }

  /** {@link UserException} where nothing of the order was ever read. */
  public OwnInput input(String orderId, String erasedBy, String note) {
    if (orderId.isBlank() || !erasure.knows(orderId)) {
      throw new UserException(text("erasing.unknown", orderId));
    }
    var today = LocalDate.now(clock.withZone(policies.current().timeZone()));
    return new OwnInput(
        today, today, runId -> erasure.erase(runId, orderId, erasedBy, note, clock.instant()));
  }
}
