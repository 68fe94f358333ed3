package io.recredit.job;

import io.recredit.ledger.DecisionRow;
import io.recredit.ledger.Decisions;
import io.recredit.run.Run;
import io.recredit.run.Runs;
import java.sql.SQLException;
import java.util.ArrayList;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Writes what changed of some orders, in the chunk's transaction. */
final class DecisionWriter implements ItemWriter<OrderChange> {

  private final Run run;
  private final Decisions decisions;
  private final Runs runs;

  DecisionWriter(Run run, Decisions decisions, Runs runs) {
    this.run = run;
    this.decisions = decisions;
    this.runs = runs;
  }

  @Override
  public void write(Chunk<? extends OrderChange> orders) throws SQLException {
    runs.mustBeAtWork(run);
    var replaced = new ArrayList<String>();
    var rows = new ArrayList<DecisionRow>();
    for (var order : orders) {
      replaced.addAll(order.replaced());
      rows.addAll(order.rows());
    }
    decisions.replace(run.runId(), replaced, rows);
  }
}
