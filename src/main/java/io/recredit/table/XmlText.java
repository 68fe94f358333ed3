package io.recredit.table;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts in the cells of a workbook. What XML cannot hold stands there as {@code _x001B_}, and what
 * looks like that as itself, with its underscore so: {@code _x005F_x0041_} is {@code _x0041_}.
 */
final class XmlText {

  private static final int MOST_CHARACTERS = 32_767;
  private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  /** All that XML 1.0 has no way to write, and the line ends that it does not keep apart. */
  private static final Pattern TO_ESCAPE =
      Pattern.compile(
          "_(?=x[0-9A-Fa-f]{4}_)|[\\x00-\\x08\\x0B\\x0C\\x0D\\x0E-\\x1F\\uFFFE\\uFFFF]|\\p{Cs}");

  private XmlText() {}

  /** Cut where a cell holds no more, but in no character. */
  static String escaped(String text) {
    return TO_ESCAPE.matcher(cut(text)).replaceAll(XmlText::escape);
  }

  private static String cut(String text) {
    if (text.length() <= MOST_CHARACTERS) {
      return text;
    }
    var end =
        Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1))
            ? MOST_CHARACTERS - 1
            : MOST_CHARACTERS;
    return text.substring(0, end);
  }

  private static String escape(MatchResult found) {
    return String.format(Locale.ROOT, "_x%04X_", (int) found.group().charAt(0));
  }

  static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }
}
