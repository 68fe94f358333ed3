package io.recredit.table;

import java.util.regex.Pattern;

/**
 * Blanks that cannot be told from each other, as they come along from where something was copied.
 */
public final class Blanks {

  private static final Pattern AROUND =
      Pattern.compile("^[\\s\\p{Z}\u200b\ufeff]+|[\\s\\p{Z}\u200b\ufeff]+$");

  private Blanks() {}

  /** Without any around it, no-break spaces too. */
  public static String strip(String text) {
    return AROUND.matcher(text).replaceAll("");
  }
}
