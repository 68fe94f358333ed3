package io.recredit.resolution;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resolution as somebody asks for it.
 *
 * @param place where, for sentences about it: "Row 12: " of a file, or nothing
 * @param parts by hand: the captures it goes to; otherwise empty
 * @param knownRun the run whose decision the person has before them; null for the one in force
 */
public record AskedResolution(
    String place,
    String refundId,
    ResolutionEntry.Kind kind,
    List<AskedPart> parts,
    String note,
    String by,
    @Nullable Long knownRun) {

  /**
   * A capture that is to get a part.
   *
   * @param captureId or the number of its invoice
   * @param amount as people write it, 99.99; null for what the others leave
   */
  public record AskedPart(String captureId, @Nullable BigDecimal amount) {}

  public AskedResolution {
    parts = List.copyOf(parts);
  }
}
