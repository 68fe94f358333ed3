package io.recredit.wording;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Texts of the input as a terminal may be given them: what would steer it, turn the direction of
 * writing or be seen by nobody stands there as JSON writes it, {@code \}{@code u202E}. So JSON
 * stays the same JSON.
 */
public final class Printable {

  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

  private Printable() {}

  public static String of(String text) {
    return UNPRINTABLE.matcher(text).replaceAll(Printable::escaped);
  }

  /** The same of what has line breaks of its own. */
  public static String lines(String text) {
    return String.join("\n", text.lines().map(Printable::of).toList());
  }

  private static String escaped(MatchResult character) {
    var escaped = new StringBuilder();
    character
        .group()
        .chars()
        .forEach(unit -> escaped.append(String.format(Locale.ROOT, "\\\\u%04X", unit)));
    return escaped.toString();
  }
}
