package io.recredit.wording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bundle holds what the sources ask for, and nothing else. */
class MessagesTest {

  private static final Path SOURCES = Path.of("src/main/java");

  /** A key in quotation marks: words with points between them, in lower case. */
  private static final Pattern KEY = Pattern.compile("\"([a-z0-9-]+(?:\\.[a-zA-Z0-9_-]+)+)\"");

  private static final Pattern COUNTED =
      Pattern.compile("counted\\([^\"]*\"([a-z-]+)\"\\)");

  private static final Properties BUNDLE = new Properties();
  private static String sources = "";

  @BeforeAll
  static void read() throws IOException {
    try (var bundle = Files.newBufferedReader(Path.of("src/main/resources/messages.properties"))) {
      BUNDLE.load(bundle);
    }
    try (var files = Files.walk(SOURCES)) {
      sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(MessagesTest::text)
              .collect(Collectors.joining());
    }
  }

  @Test
  void everyMessageIsAskedForSomewhere() {
    var asked = asked();
    assertThat(BUNDLE.stringPropertyNames())
        .allSatisfy(key -> assertThat(asked.contains(key) || isMadeUp(key)).as(key).isTrue());
  }

  @Test
  void everyKeyThatIsAskedForIsThere() {
    for (var thing : counted()) {
      assertThat(BUNDLE).containsKeys("count." + thing + ".one", "count." + thing + ".other");
    }
    var rooms = Pattern.compile("^(explanation|suggestion|finding|phrase|deed|contradiction)[.].*");
    assertThat(asked().stream().filter(key -> rooms.matcher(key).matches()))
        .allSatisfy(key -> assertThat(BUNDLE).containsKey(key));
  }

  @Test
  void noMessageIsEmptyOrHasAPlaceholderOfAnotherKind() {
    BUNDLE.forEach(
        (key, message) ->
            assertThat(String.valueOf(message))
                .as("%s", key)
                .isNotBlank()
                .doesNotContainPattern("%(?![0-9]*[$]?s|%)"));
  }

  /** Keys that end in a number or a word that the program works out. */
  private static boolean isMadeUp(String key) {
    return key.startsWith("step.")
        || counted().stream().anyMatch(thing -> key.startsWith("count." + thing + "."));
  }

  private static Set<String> asked() {
    return KEY.matcher(sources)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> counted() {
    return COUNTED
        .matcher(sources)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
