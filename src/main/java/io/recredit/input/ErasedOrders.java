package io.recredit.input;

import io.recredit.feed.Delivered;
import io.recredit.feed.PersonalFields;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The orders of which nothing that could be personal is kept, whatever files bring of them later
 * (operation.md, "Erasing").
 *
 * @param ids of the orders
 */
public record ErasedOrders(Set<String> ids) {

  /** Takes the place of a text that is not kept. */
  public static final String ERASED = "Erased.";

  private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]++|\\\\.)*+)\"");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_.:#-]++");
  private static final Pattern ESCAPED = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|(.))");

  public ErasedOrders {
    ids = Set.copyOf(ids);
  }

  /** The record as it is kept. */
  public Delivered without(Delivered record) {
    var orderId = record.orderId();
    return orderId != null && ids.contains(orderId) ? PersonalFields.without(record) : record;
  }

  /** Whether a line names one of them, in whatever way JSON writes it; be it beside other words. */
  public boolean areIn(String line) {
    return areStringsOf(line)
        || WORD.matcher(unescaped(line)).results().anyMatch(word -> ids.contains(word.group()));
  }

  /** Whether one of them is a value of a line, and not only a word of it. */
  public boolean areStringsOf(String line) {
    return STRING
        .matcher(line)
        .results()
        .anyMatch(string -> ids.contains(unescaped(string.group(1))));
  }

  private static String unescaped(String json) {
    return json.indexOf('\\') < 0
        ? json
        : ESCAPED
            .matcher(json)
            .replaceAll(
                escaped ->
                    Matcher.quoteReplacement(
                        escaped.group(1) == null
                            ? escaped.group(2)
                            : String.valueOf((char) Integer.parseInt(escaped.group(1), 16))));
  }
}
