package io.recredit.wording;

import java.util.IllegalFormatException;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Every sentence that people read, by its key in {@code messages.properties}. A translation is
 * another bundle with the same keys; {@code %2$s} in it names an argument by its place.
 */
public final class Messages {

  private static final ResourceBundle BUNDLE =
      ResourceBundle.getBundle("messages", Locale.ROOT, Messages.class.getClassLoader());

  private Messages() {}

  /** {@link IllegalStateException} where there is no such key, or it wants other arguments. */
  public static String text(String key, @Nullable Object... arguments) {
    try {
      var pattern = BUNDLE.getString(key);
      return arguments.length == 0 ? pattern : String.format(Locale.ROOT, pattern, arguments);
    } catch (MissingResourceException | IllegalFormatException e) {
      throw new IllegalStateException("the message " + key + " cannot be made", e);
    }
  }

  /** "1 capture", "3 captures": {@code count.capture.one} and {@code count.capture.other}. */
  public static String counted(long number, String thing) {
    return text(
        "count." + thing + (number == 1 ? ".one" : ".other"),
        String.format(Locale.ROOT, "%,d", number));
  }
}
