package io.recredit.wording;

import static io.recredit.wording.Messages.text;

import io.recredit.allocation.Resolution;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Who resolved what and when, wherever it is told. */
public final class Deeds {

  private Deeds() {}

  /** "Anna allocated it by hand to capture B (30.00 SEK) at 2026-11-23 03:00:00 UTC". */
  public static String resolved(Resolution resolution, @Nullable String currency, ZoneId timeZone) {
    return told(
        resolution.resolvedBy(), deed(resolution, currency), resolution.resolvedAt(), timeZone);
  }

  /** "Anna took the resolution back at 2026-11-23 03:00:00 UTC". */
  public static String withdrawn(String by, Instant at, ZoneId timeZone) {
    return told(by, text("deed.withdrawn"), at, timeZone);
  }

  private static String told(String by, String deed, Instant at, ZoneId timeZone) {
    return text("deed.told", by, deed, Phrases.time(at, timeZone));
  }

  /** "capture A (10.00 SEK), capture B (20.00 SEK)". */
  static String parts(Resolution resolution, @Nullable String currency) {
    return Phrases.listed(
        resolution.parts(),
        part -> text("deed.part", part.captureId(), Amounts.format(part.amount(), currency)));
  }

  private static String deed(Resolution resolution, @Nullable String currency) {
    if (resolution.parts().isEmpty()) {
      return text("deed.written-off");
    }
    var parts = parts(resolution, currency);
    return resolution.writtenOffAmount() == 0
        ? text("deed.by-hand", parts)
        : text("deed.in-part", parts, Amounts.format(resolution.writtenOffAmount(), currency));
  }
}
