package io.recredit.job;

import io.recredit.ledger.Decisions;
import io.recredit.ledger.OrderChanges;
import io.recredit.run.Run;
import io.recredit.run.Runs;
import java.sql.SQLException;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Writes what changed of some orders, in the chunk's transaction. */
final class DecisionWriter implements ItemWriter<OrderChanges> {

  private final Run run;
  private final Decisions decisions;
  private final Runs runs;

  DecisionWriter(Run run, Decisions decisions, Runs runs) {
    this.run = run;
    this.decisions = decisions;
    this.runs = runs;
  }

  @Override
  public void write(Chunk<? extends OrderChanges> orders) throws SQLException {
    runs.mustBeAtWork(run);
    decisions.write(run.runId(), orders.getItems());
  }
}
