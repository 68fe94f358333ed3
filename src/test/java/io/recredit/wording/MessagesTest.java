package io.recredit.wording;

import static io.recredit.wording.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bundle, held against the sources: every key is there, is used, and gets its arguments. */
class MessagesTest {

  private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("messages", Locale.ROOT);
  private static final Path SOURCES = Path.of("src", "main", "java");

  /** A call with a key, or with the beginning of one: {@code text("report.reason." + reason)}. */
  private static final Pattern CALL =
      Pattern.compile(
          "(?<![\\w.])(?:Messages\\.)?(text|counted)\\(\\s*\"([a-z0-9.-]+)\"(\\s*\\+)?");

  private record Use(String where, String key, int arguments) {}

  @Test
  void everyKeyOfTheSourcesIsInTheBundleAndGetsItsArguments() {
    for (var use : uses()) {
      assertThat(BUNDLE.keySet()).as(use.where()).contains(use.key());
      assertThat(use.arguments())
          .as("arguments of %s in %s", use.key(), use.where())
          .isEqualTo(Messages.arguments(BUNDLE.getString(use.key())));
    }
  }

  @Test
  void everyKeyOfTheBundleIsUsed() {
    var used = uses().stream().map(Use::key).toList();
    assertThat(new TreeSet<>(BUNDLE.keySet())).allMatch(used::contains);
  }

  @Test
  void everyPatternCanBeFormatted() {
    for (var key : new TreeSet<>(BUNDLE.keySet())) {
      var pattern = BUNDLE.getString(key);
      var arguments = new Object[Messages.arguments(pattern)];
      assertThat(text(key, arguments)).as(key).isNotEmpty();
    }
  }

  @Test
  void whatIsMissingOrTooManyIsAFault() {
    assertThatThrownBy(() -> text("no.such")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> text("count.refund.one")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> text("count.refund.one", 1, 2))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void argumentsAreCountedAsTheFormatterTakesThem() {
    assertThat(Messages.arguments("100 %% of it")).isZero();
    assertThat(Messages.arguments("%s and %,d and %-24s")).isEqualTo(3);
    assertThat(Messages.arguments("%2$s before %1$s, %2$s again")).isEqualTo(2);
  }

  private static List<Use> uses() {
    try (var files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(MessagesTest::uses)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Use> uses(Path file) {
    try {
      var source = Files.readString(file);
      var uses = new ArrayList<Use>();
      var calls = CALL.matcher(source);
      while (calls.find()) {
        var where = SOURCES.relativize(file) + ": " + calls.group();
        var key = calls.group(2);
        var arguments = arguments(source, calls.end());
        if (calls.group(1).equals("counted")) {
          uses.add(new Use(where, key + ".one", arguments));
          uses.add(new Use(where, key + ".other", arguments));
        } else {
          keys(key, calls.group(3) != null)
              .forEach(each -> uses.add(new Use(where, each, arguments)));
        }
      }
      return uses.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that begin so, where only the beginning stands in the source. */
  private static List<String> keys(String key, boolean isBeginning) {
    if (!isBeginning) {
      return List.of(key);
    }
    var keys = BUNDLE.keySet().stream().filter(other -> other.startsWith(key)).sorted().toList();
    assertThat(keys).as(key).isNotEmpty();
    return keys;
  }

  /** The commas up to the end of the call that are in no other call, and in no literal. */
  private static int arguments(String source, int from) {
    var commas = 0;
    var depth = 1;
    for (var i = from; depth > 0; i++) {
      switch (source.charAt(i)) {
        case '(', '[', '{' -> depth++;
        case ')', ']', '}' -> depth--;
        case '"', '\'' -> i = endOfLiteral(source, i);
        case ',' -> commas += depth == 1 ? 1 : 0;
        default -> {}
      }
    }
    return commas;
  }

  private static int endOfLiteral(String source, int start) {
    var quote = source.charAt(start);
    for (var i = start + 1; ; i++) {
      if (source.charAt(i) == '\\') {
        i++;
      } else if (source.charAt(i) == quote) {
        return i;
      }
    }
  }

  @Test
  void theScanOfSourcesCountsArgumentsNotCommas() {
    var calls = new TreeMap<String, Integer>();
    calls.put("text(\"a\")", 0);
    calls.put("text(\"a\", b(c, d), \"e, \\\"f\", ',')", 3);
    calls.put("text(\"a.\" + b(c, d), e)", 1);
    calls.forEach(
        (call, count) ->
            assertThat(arguments(call, call.indexOf('"', 6) + 1)).as(call).isEqualTo(count));
  }
}
