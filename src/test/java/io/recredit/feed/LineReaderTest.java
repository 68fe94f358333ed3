package io.recredit.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recredit.wording.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {

  private static final int BUFFER = 256 * 1024;
  private static final int EIGHT_MIB = 8 * 1024 * 1024;

  @TempDir Path folder;

  @Test
  void aLineEndsAtLineFeedAndTheLastOneAtTheEndOfTheFile() throws IOException {
    assertThat(read("one\ntwo\nthree")).containsExactly("1:one", "2:two", "3:three");
    assertThat(read("one\ntwo\n")).containsExactly("1:one", "2:two");
  }

  @Test
  void anEmptyFileHasNoLines() throws IOException {
    assertThat(read("")).isEmpty();
  }

  @Test
  void linesOfSpacesTabsAndCarriageReturnsAreIgnoredButCounted() throws IOException {
    assertThat(read("\none\r\n \t\r\n\r\n  two\n\n")).containsExactly("2:one\r", "5:  two");
  }

  @Test
  void otherWhiteSpaceIsNotIgnored() throws IOException {
    assertThat(read("\f\n\u00A0\n\u2028\n")).containsExactly("1:\f", "2:\u00A0", "3:\u2028");
  }

  @Test
  void aByteOrderMarkIsToleratedAtTheStartOfTheFileOnly() throws IOException {
    assertThat(read("\uFEFFone\n\uFEFFtwo")).containsExactly("1:one", "2:\uFEFFtwo");
    assertThat(read("\uFEFF")).isEmpty();
    assertThat(read("\uFEFF\n \ntwo")).containsExactly("3:two");
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, -1, 0, 1, 2})
  void aLineMayEndAnywhereAroundTheEdgeOfTheBuffer(int offset) throws IOException {
    var edge = "x".repeat(BUFFER + offset);

    assertThat(read(edge + "\nsecond\n" + edge))
        .containsExactly("1:" + edge, "2:second", "3:" + edge);
  }

  @Test
  void randomBytesSplitAsANaiveSplitterSplitsThem() throws IOException {
    var seed = System.nanoTime();
    System.out.println("random bytes: seed " + seed);
    var random = new Random(seed);
    for (var round = 0; round < 60; round++) {
      var bytes = randomBytes(random);
      var naive = naiveLines(bytes);
      assertThat(read(bytes)).as("seed %d, round %d", seed, round).isEqualTo(naive);
    }
  }

  @Test
  void aLineOfEightMebibytesIsReadAndALongerOneIsNot() throws IOException {
    var file = file("lines.ndjson");
    var longest = new byte[EIGHT_MIB];
    Arrays.fill(longest, (byte) 'x');
    try (var out = Files.newOutputStream(file.path())) {
      out.write(longest);
      out.write('\n');
      out.write(longest);
      out.write("y\n{}".getBytes(UTF_8));
    }

    try (var reader = new LineReader(file)) {
      var first = lineAfter(reader);
      assertThat(first.isTooLong()).isFalse();
      assertThat(first.bytes()).hasSize(EIGHT_MIB);
      var second = lineAfter(reader);
      assertThat(second.isTooLong()).isTrue();
      assertThat(second.bytes()).hasSize(16_000);
      assertThat(second.raw(FeedKind.CAPTURES)).isEqualTo("x".repeat(4_000));
      assertThat(text(lineAfter(reader))).isEqualTo("3:{}");
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void aLineOfNothingButSpacesIsIgnoredHoweverLong() throws IOException {
    assertThat(read(" ".repeat(EIGHT_MIB + 1) + "\n{}")).containsExactly("2:{}");
  }

  @Test
  void theDigestIsThatOfTheWholeFileHoweverItWasRead() throws IOException {
    var file = write(("\uFEFFone\n" + "x".repeat(BUFFER) + "\n\n").getBytes(UTF_8));

    try (var reader = new LineReader(file)) {
      assertThatThrownBy(reader::sha256).isInstanceOf(IllegalStateException.class);
      while (reader.next() != null) {
        assertThat(reader.bytesRead()).isPositive();
      }
      assertThat(reader.sha256()).isEqualTo(file.sha256()).isEqualTo(reader.sha256());
      assertThat(reader.bytesRead()).isEqualTo(Files.size(file.path()));
    }
  }

  @Test
  void theDigestIsLowerCaseHexadecimal() throws IOException {
    assertThat(write("abc".getBytes(UTF_8)).sha256())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void aFileThatIsGoneByNowIsASentence() {
    var gone = file("gone.ndjson");

    assertThatThrownBy(() -> new LineReader(gone))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The file "
                + gone.path()
                + " could not be read: it is not there. Correct that, then run the same command again.");
    assertThatThrownBy(gone::sha256).isInstanceOf(UserException.class);
  }

  @Test
  void aDirectoryCannotBeRead() {
    var directory = new FeedFile(FeedKind.CAPTURES, LocalDate.EPOCH, folder);

    assertThatThrownBy(() -> new LineReader(directory)).isInstanceOf(UserException.class);
  }

  /** Few different bytes, so that line ends and blanks are frequent; sometimes beyond a buffer. */
  private static byte[] randomBytes(Random random) {
    var alphabet = new byte[] {'\n', '\n', '\r', ' ', '\t', 0, (byte) 0xEF, (byte) 0xBB, 'x', 'y'};
    var bytes =
        new byte[random.nextInt(5) == 0 ? BUFFER * 2 + random.nextInt(9) : random.nextInt(60)];
    var lineEnds = random.nextBoolean() ? 0 : 2;
    for (var i = 0; i < bytes.length; i++) {
      var rare = bytes.length < 100 || random.nextInt(50_000) == 0 ? 0 : lineEnds;
      bytes[i] = alphabet[rare + random.nextInt(alphabet.length - rare)];
    }
    return bytes;
  }

  private static List<String> naiveLines(byte[] bytes) throws IOException {
    var lines = new ArrayList<String>();
    var line = new ByteArrayOutputStream();
    long number = 0;
    for (var i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '\n') {
        number++;
        var content = line.toByteArray();
        if (!new String(content, UTF_8).matches("[ \t\r]*")) {
          lines.add(text(new FeedLine(number, content, false)));
        }
        line.reset();
      } else {
        line.write(bytes[i]);
      }
    }
    return lines;
  }

  private List<String> read(String content) throws IOException {
    return read(content.getBytes(UTF_8));
  }

  private List<String> read(byte[] content) throws IOException {
    var lines = new ArrayList<String>();
    try (var reader = new LineReader(write(content))) {
      for (var line = reader.next(); line != null; line = reader.next()) {
        lines.add(text(line));
      }
      assertThat(reader.next()).isNull();
    }
    return lines;
  }

  private static FeedLine lineAfter(LineReader reader) {
    var line = reader.next();
    if (line == null) {
      throw new AssertionError("The file ended");
    }
    return line;
  }

  private static String text(FeedLine line) {
    return line.number() + ":" + new String(line.bytes(), UTF_8);
  }

  private FeedFile write(byte[] content) throws IOException {
    var file = file("captures-2026-11-20.ndjson");
    Files.write(file.path(), content);
    return file;
  }

  private FeedFile file(String name) {
    return new FeedFile(FeedKind.CAPTURES, LocalDate.of(2026, 11, 20), folder.resolve(name));
  }
}
