package io.recredit.resolution;

import io.recredit.allocation.Resolution.Part;
import java.util.List;
import java.util.Locale;

/**
 * What an accountant decides about a refund, as it is written down.
 *
 * @param resolvedAmount of the refund at that time, in minor units
 * @param parts by hand: what each capture gets; otherwise empty
 */
public record ResolutionEntry(
    String refundId, Kind kind, long resolvedAmount, List<Part> parts, String note, String by) {

  /** What becomes of the refund. */
  public enum Kind {
    BY_HAND,
    WRITTEN_OFF,
    /** The decision before is taken back: the rules alone say what becomes of it. */
    WITHDRAWN;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ResolutionEntry {
    parts = List.copyOf(parts);
  }
}
