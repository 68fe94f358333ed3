package io.recredit.allocation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the shop may choose in the rules; the same for every refund of a run.
 *
 * @param returnFeeCountries two upper-case letters each, sorted
 * @param timeZone of business dates
 * @param resolved whether a refund that an accountant resolved still blocks (rules.md, step 6)
 * @param evidence whether what Klarna's record proves is followed (rules.md, part 7)
 */
public record Policies(
    Spanning spanning,
    Ambiguous ambiguous,
    SortedSet<String> returnFeeCountries,
    ZoneId timeZone,
    Resolved resolved,
    Evidence evidence) {

  /** What becomes of a refund that no single capture covers. */
  public enum Spanning {
    SPLIT,
    REJECT
  }

  /** What becomes of a refund or line that several captures could take by their references. */
  public enum Ambiguous {
    CHOOSE,
    REJECT
  }

  /** Whether a resolved refund makes the order's later refunds fail, as it does at Klarna. */
  public enum Resolved {
    BLOCKS,
    UNBLOCKS
  }

  /** Whether a refund is decided as Klarna's record proves it to be, or only compared with it. */
  public enum Evidence {
    COMPARE,
    FOLLOW
  }

  /**
   * As they are until somebody changes them. Countries: Kustom's page on refunds with return fees.
   */
  public static final Policies DEFAULT =
      of(
          Spanning.SPLIT,
          Ambiguous.CHOOSE,
          new TreeSet<>(List.of("AT", "DE", "DK", "FI", "FR", "NL", "NO", "SE")),
          ZoneId.of("UTC"));

  public Policies {
    returnFeeCountries = Collections.unmodifiableSortedSet(new TreeSet<>(returnFeeCountries));
  }

  /** With resolved refunds that block, and a record that is only compared. */
  public static Policies of(
      Spanning spanning,
      Ambiguous ambiguous,
      Collection<String> returnFeeCountries,
      ZoneId timeZone) {
    return new Policies(
        spanning,
        ambiguous,
        new TreeSet<>(returnFeeCountries),
        timeZone,
        Resolved.BLOCKS,
        Evidence.COMPARE);
  }

  public Policies with(Resolved resolved) {
    return new Policies(spanning, ambiguous, returnFeeCountries, timeZone, resolved, evidence);
  }

  public Policies with(Evidence evidence) {
    return new Policies(spanning, ambiguous, returnFeeCountries, timeZone, resolved, evidence);
  }

  /** Each by its name on the command line, as people read them. */
  public Map<String, String> words() {
    var words = new LinkedHashMap<String, String>();
    words.put("spanning", word(spanning));
    words.put("ambiguous", word(ambiguous));
    words.put(
        "return-fee-countries",
        returnFeeCountries.isEmpty() ? "none" : String.join(", ", returnFeeCountries));
    words.put("time-zone", timeZone.getId());
    words.put("resolved", word(resolved));
    words.put("evidence", word(evidence));
    return words;
  }

  /** A choice as people read and write it. */
  public static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  /** The business date of a refund or capture. */
  public LocalDate businessDate(Instant time) {
    return time.atZone(timeZone).toLocalDate();
  }
}
