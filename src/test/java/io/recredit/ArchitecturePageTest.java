package io.recredit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page that shows newcomers around names the rooms, files and tests that there are. */
class ArchitecturePageTest {

  private static final Path SOURCES = Path.of("src/main/java/io/recredit");
  private static final Path TESTS = Path.of("src/test/java");

  private final String page = Files.readString(Path.of("src/site/markdown/architecture.md"), UTF_8);

  ArchitecturePageTest() throws IOException {}

  @Test
  void everyRoomStandsInItOnce() {
    var rooms = page.substring(page.indexOf("## The rooms"), page.indexOf("## The life of a run"));
    assertThat(all(rooms, "(?m)^\\| `([a-z]+)` \\|"))
        .containsExactlyInAnyOrderElementsOf(
            ArchitectureTest.HOUSE.keySet().stream()
                .map(room -> room.replaceAll("\\..*", ""))
                .distinct()
                .toList());
  }

  @Test
  void everyFileThatItNamesIsThere() {
    assertThat(all(page, "`([a-z/]+/[A-Za-z]+\\.java)`"))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(SOURCES.resolve(file)).exists());
    assertThat(all(page, "`(sql/migrations/R__[a-z0-9_]+\\.sql)`"))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(Path.of(file)).exists());
  }

  @Test
  void everyTestThatItNamesIsThere() throws IOException {
    try (var files = Files.walk(TESTS)) {
      var tests = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
      assertThat(all(page, "`([A-Z][A-Za-z]+(?:Test|IT))`"))
          .isNotEmpty()
          .allSatisfy(test -> assertThat(tests).contains(test + ".java"));
    }
  }

  private static List<String> all(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
