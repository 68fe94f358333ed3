package io.recredit.store;

import io.recredit.allocation.Settlement.Part;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an accountant decided about a refund, by a finished run.
 *
 * @param parts by hand: what each capture gets; otherwise empty
 * @param supersededBy the run that settled it anew or took it back; null while it holds
 */
public record ShownSettlement(
    String refundId,
    SettlementEntry.Kind kind,
    long settledAmount,
    List<Part> parts,
    String note,
    String settledBy,
    Instant settledAt,
    long runId,
    @Nullable Long supersededBy) {

  public ShownSettlement {
    parts = List.copyOf(parts);
  }

  /** Whether it says what becomes of the refund today. */
  public boolean holds() {
    return supersededBy == null && kind != SettlementEntry.Kind.WITHDRAWN;
  }
}
