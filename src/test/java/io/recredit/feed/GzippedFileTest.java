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
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GzippedFileTest {

  private static final byte[] FIRST = gzip("one\ntw");
  private static final byte[] TWO_MEMBERS = join(FIRST, gzip("o\nthree\n"));

  @TempDir Path folder;

  @Test
  void theMembersOfAGzippedFileAreOneText() throws IOException {
    assertThat(read(TWO_MEMBERS)).containsExactly("one", "two", "three");
  }

  @Test
  void aGzippedFileOfNothingIsAnEmptyFile() throws IOException {
    assertThat(read(gzip(""))).isEmpty();
    assertThat(read(gzip("\uFEFF"))).isEmpty();
  }

  @Test
  void aTruncatedGzipIsAnErrorAndNeverAnEnd() throws IOException {
    for (var length = 0; length < TWO_MEMBERS.length; length++) {
      var truncated = Arrays.copyOf(TWO_MEMBERS, length);
      if (length == FIRST.length) {
        assertThat(read(truncated)).containsExactly("one", "tw");
      } else {
        assertThatThrownBy(() -> read(truncated))
            .as("cut off after %d of %d bytes", length, TWO_MEMBERS.length)
            .isInstanceOf(UserException.class);
      }
    }
  }

  @Test
  void theSentenceSaysThatTheFileIsCutOff() throws IOException {
    var file = write(Arrays.copyOf(TWO_MEMBERS, FIRST.length - 3));

    assertThatThrownBy(() -> new LineReader(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The file "
                + file.path()
                + " ends in the middle of its compressed data. Deliver it again in full, then run the same command again.");
  }

  @Test
  void anEmptyFileIsNoGzip() throws IOException {
    var file = write(new byte[0]);

    assertThatThrownBy(() -> new LineReader(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The file "
                + file.path()
                + " is not a sound gzip file: its data is empty, damaged, cut off or followed by something else. Deliver it again, then run the same command again.");
  }

  @Test
  void aPlainFileNamedGzipIsAnError() {
    assertThatThrownBy(() -> read("{}\n".getBytes(UTF_8))).isInstanceOf(UserException.class);
  }

  @Test
  void anythingBehindTheLastMemberIsAnError() {
    for (var garbage : List.of(new byte[] {0}, new byte[] {0x1F}, "\n".getBytes(UTF_8))) {
      assertThatThrownBy(() -> read(join(TWO_MEMBERS, garbage))).isInstanceOf(UserException.class);
    }
  }

  @Test
  void aFlippedBitIsAnErrorUnlessItIsInWhatGzipDoesNotCheck() throws IOException {
    var seed = System.nanoTime();
    System.out.println("flipped bits: seed " + seed);
    var random = new Random(seed);
    var whole = gzip("some lines\n".repeat(50) + random.nextLong());
    for (var at = 0; at < whole.length; at++) {
      for (var bit = 0; bit < 8; bit++) {
        var flipped = whole.clone();
        flipped[at] ^= (byte) (1 << bit);
        try {
          assertThat(read(flipped)).as("seed %d, byte %d", seed, at).isEqualTo(read(whole));
        } catch (UserException expected) {
          assertThat(expected).hasMessageEndingWith("then run the same command again.");
        }
      }
    }
  }

  @Test
  void theDigestAndTheCountAreOfTheCompressedBytes() throws IOException {
    var file = write(TWO_MEMBERS);

    try (var reader = new LineReader(file)) {
      while (reader.next() != null) {}
      assertThat(reader.sha256()).isEqualTo(file.sha256());
      assertThat(reader.bytesRead()).isEqualTo(TWO_MEMBERS.length);
    }
  }

  private List<String> read(byte[] content) throws IOException {
    var lines = new ArrayList<String>();
    try (var reader = new LineReader(write(content))) {
      for (var line = reader.next(); line != null; line = reader.next()) {
        lines.add(line.raw(FeedKind.CAPTURES));
      }
    }
    return lines;
  }

  private FeedFile write(byte[] content) throws IOException {
    var path = folder.resolve("captures-2026-11-20.ndjson.gz");
    Files.write(path, content);
    return new FeedFile(FeedKind.CAPTURES, LocalDate.of(2026, 11, 20), path);
  }

  private static byte[] gzip(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] join(byte[] first, byte[] second) {
    var joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
