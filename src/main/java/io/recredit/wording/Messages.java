package io.recredit.wording;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is said to people, from {@code messages.properties}: patterns as {@link String#format}
 * takes them, so that a translation can put what they name in another order ({@code %2$s}).
 *
 * <p>A key stands in the source as one literal, or as a literal that ends in a dot with a name
 * behind it, {@code "report.reason." + reason}: a test holds the sources against the bundle.
 */
public final class Messages {

  /** A conversion of a pattern, with the number of its argument if it names one. */
  private static final Pattern CONVERSION =
      Pattern.compile("%(?:(\\d+)\\$)?[-#+ 0,(]*\\d*(?:\\.\\d+)?([a-zA-Z%])");

  // The base bundle alone, whatever the locale of the machine; UTF-8 since Java 9.
  private static final Map<String, Message> MESSAGES =
      all(ResourceBundle.getBundle("messages", Locale.ROOT));

  private Messages() {}

  /**
   * @param words of a pattern that has nothing but values in its order: what stands around them. A
   *     night says some hundred thousand of these, and String.format reads its pattern every time
   */
  private record Message(String pattern, int arguments, @Nullable List<String> words) {

    String of(@Nullable Object... values) {
      if (words == null) {
        return String.format(Locale.ROOT, pattern, values);
      }
      var said = new StringBuilder(words.get(0));
      for (var i = 0; i < values.length; i++) {
        said.append(values[i]).append(words.get(i + 1));
      }
      return said.toString();
    }
  }

  private static Map<String, Message> all(ResourceBundle bundle) {
    return bundle.keySet().stream()
        .collect(Collectors.toUnmodifiableMap(Function.identity(), key -> message(bundle, key)));
  }

  private static Message message(ResourceBundle bundle, String key) {
    var pattern = bundle.getString(key);
    var others = pattern.replaceAll("%[sd]", "");
    var words = others.contains("%") ? null : List.of(pattern.split("%[sd]", -1));
    return new Message(pattern, arguments(pattern), words);
  }

  /** How many arguments a pattern takes. */
  static int arguments(String pattern) {
    var inOrder = 0;
    var highest = 0;
    var conversions = CONVERSION.matcher(pattern);
    while (conversions.find()) {
      if (conversions.group(1) != null) {
        highest = Math.max(highest, Integer.parseInt(conversions.group(1)));
      } else if (!conversions.group(2).matches("[%n]")) {
        inOrder++;
      }
    }
    return Math.max(inOrder, highest);
  }

  /** What is said under a key, of these arguments. */
  public static String text(String key, @Nullable Object... arguments) {
    var message = MESSAGES.get(key);
    if (message == null) {
      throw new IllegalStateException("messages.properties has no " + key);
    }
    if (message.arguments() != arguments.length) {
      throw new IllegalStateException(
          "%s takes %d arguments, not %d".formatted(key, message.arguments(), arguments.length));
    }
    return message.of(arguments);
  }

  /**
   * So many of something, "1 refund" or "2,000 refunds": {@code key.one} or {@code key.other}, of
   * the count and whatever else is named.
   */
  public static String counted(String key, long count, @Nullable Object... more) {
    var arguments = Stream.concat(Stream.of(count), Stream.of(more)).toArray();
    return text(key + (count == 1 ? ".one" : ".other"), arguments);
  }

  /** Behind a key that ends in a dot: which of the two sentences it is. */
  static String yesNo(boolean yes) {
    return yes ? "yes" : "no";
  }
}
