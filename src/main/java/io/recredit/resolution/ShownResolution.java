package io.recredit.resolution;

import io.recredit.allocation.Resolution.Part;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an accountant decided about a refund, by a finished run.
 *
 * @param parts by hand: what each capture gets; otherwise empty
 * @param supersededBy the run that resolved it anew or took it back; null while it holds
 */
public record ShownResolution(
    String refundId,
    ResolutionEntry.Kind kind,
    long resolvedAmount,
    List<Part> parts,
    String note,
    String resolvedBy,
    Instant resolvedAt,
    long runId,
    @Nullable Long supersededBy) {

  public ShownResolution {
    parts = List.copyOf(parts);
  }

  /** Whether it says what becomes of the refund today. */
  public boolean holds() {
    return supersededBy == null && kind != ResolutionEntry.Kind.WITHDRAWN;
  }
}
