package io.recredit.payout;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What an account calls the columns of its reports. A column keeps Klarna's name beside the
 * account's own, except where a header has both: then the account's own is meant.
 */
public final class ColumnNames {

  private static final Map<String, String> KNOWN = known();

  private final Map<String, String> knownByOwn;

  private ColumnNames(Map<String, String> knownByOwn) {
    this.knownByOwn = knownByOwn;
  }

  /** Klarna's own names. */
  public static ColumnNames usual() {
    return new ColumnNames(Map.of());
  }

  /**
   * The account's own names.
   *
   * @param ownByKnown by Klarna's name, of which a variable's name can hold neither case nor
   *     underscores
   * @throws UserException where Klarna has no such name, or one stands for two
   */
  public static ColumnNames of(Map<String, String> ownByKnown) {
    var knownByOwn = new HashMap<String, String>();
    var named = new HashSet<String>();
    ownByKnown.forEach(
        (name, own) -> {
          var known = KNOWN.get(bare(name));
          if (known == null) {
            throw new UserException(
                text("settings.payout-columns.unknown", variable(name), own, Name.AMOUNT.text()));
          }
          if (knownByOwn.put(lower(own), known) != null || !named.add(known)) {
            throw new UserException(text("settings.payout-columns.twice", variable(name), own));
          }
        });
    return new ColumnNames(Map.copyOf(knownByOwn));
  }

  /** False of most lines that are no header, at a glance: one has an amount, or totals. */
  boolean canBeIn(String line) {
    var lower = line.toLowerCase(Locale.ROOT);
    return lower.contains(Name.AMOUNT.text())
        || lower.contains(Total.PREFIX)
        || knownByOwn.keySet().stream()
            .anyMatch(own -> own.indexOf('"') >= 0 || lower.contains(own));
  }

  /** The columns of a header under Klarna's names; in what nobody knows, in lower case. */
  String known(String column) {
    var lower = lower(column);
    return knownByOwn.getOrDefault(lower, lower);
  }

  /** Whether a column has the account's own name for one that is known. */
  boolean isOwn(String column) {
    return knownByOwn.containsKey(lower(column));
  }

  /** As the end of a variable's name. */
  private static String variable(String name) {
    return name.strip().toUpperCase(Locale.ROOT).replace('.', '_');
  }

  private static String lower(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  private static String bare(String name) {
    return lower(name).replaceAll("[^a-z0-9]", "");
  }

  private static Map<String, String> known() {
    var known = new HashMap<String, String>();
    for (var name : Name.values()) {
      known.put(bare(name.text()), name.text());
    }
    for (var total : Total.values()) {
      for (var name : Set.of(total.column(), total.field())) {
        known.put(bare(name), total.column());
      }
    }
    return Map.copyOf(known);
  }
}
