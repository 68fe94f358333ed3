package io.recredit.feed;

import static io.recredit.feed.Input.capture;
import static io.recredit.feed.Input.refund;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.recredit.wording.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is something else, or is cut off, is not one with bad lines. */
class FileCheckTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

  @TempDir Path folder;

  @Test
  void aFileWithOneRecordAmongBadLinesIsWhatItsNameSays() {
    isRead("nonsense\n[]\n" + capture() + "\n{\"capture\n");
    isRead("nonsense\n" + capture("captured_amount", "'x'", "order_id", ""));
    isRead("\uFEFF" + capture());
    isRead(capture("capture_id", "", "payment_capture_id", "5") + "\r\n \t");
    isRead("");
    isRead(" \n\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[ ]\n", " []\r\n\n", "\n[]\n \n", "\uFEFF[]"})
  void anEmptyArrayAloneIsAnEmptyDay(String content) {
    isRead(content);
    try (var lines = new LineReader(captures(content.getBytes(UTF_8)))) {
      assertThat(lines.next()).isNull();
      assertThat(lines.next()).isNull();
    }
  }

  @Test
  void anEmptyArrayBesideOtherLinesIsABadLine() {
    try (var lines = new LineReader(captures(("[]\n" + capture()).getBytes(UTF_8)))) {
      assertThat(lines.next()).extracting(FeedLine::number).isEqualTo(1L);
      assertThat(lines.next()).extracting(FeedLine::number).isEqualTo(2L);
      assertThat(lines.next()).isNull();
    }
    looksLike("[]\n[]\n", "It looks like a JSON array.");
  }

  @Test
  void aFileThatIsSomethingElseSaysWhatItLooksLikeAndHowToMendIt() {
    assertThat(refusal(captures(("[" + capture() + "]").getBytes(UTF_8))))
        .isEqualTo(
            "The file "
                + folder.resolve("captures-2026-11-20.ndjson")
                + " is something else than its name says: none of its lines is, by itself, a JSON object with capture_id or payment_capture_id. Nothing was changed."
                + " It looks like a JSON array. Write one object a line (jq -c '.[]'), then run the same command again.");
    looksLike("[\n  " + capture() + ",\n  {}\n]", "a JSON array.");
    looksLike(capture().replace(",", ",\n") + "\n", "JSON that is printed over several lines.");
    looksLike("{\n}", "JSON that is printed over several lines.");
    looksLike(capture() + capture(), "something behind the object on its first line");
    looksLike(capture() + ", " + capture() + "\n", "something behind the object");
    looksLike("order_id;capture_id;captured_amount\no-1;c-1;1\n", "CSV");
    looksLike("<html>\n", "XML or a web page");
    looksLike("hello\n", "It begins with: hello");
    looksLike("{\"a\":1}\n{\"b\":1}\n", "objects of some other kind");
    looksLike(capture("capture_id", "null") + "\n", "objects of some other kind");
    looksLike(capture("capture_id", "''") + "\n", "objects of some other kind");
    looksLike(refund() + "\n", "It looks like refunds. Deliver them as refunds-2026-11-20.ndjson");
    looksLike("{\"order_id\":1,\"captures\":[],\"refunds\":[]}\n", "orders-2026-11-20.ndjson");
    looksLike("PK\3\4\n", "a ZIP file or a workbook");
  }

  @Test
  void anotherEncodingIsNamed() {
    assertThat(refusal(captures(capture().getBytes(UTF_16)))).contains("looks like UTF-16.");
    assertThat(refusal(captures((capture() + "\n").getBytes(UTF_16LE)))).contains("UTF-16.");
    assertThat(refusal(captures((capture("reference", "'\u00F6'") + "\n").getBytes(ISO_8859_1))))
        .contains("looks like Windows-1252 or Latin-1.");
    assertThat(refusal(captures(gzip(capture().getBytes(UTF_8))))).contains("packed by gzip.");
  }

  @Test
  void capturesInARefundsFileAreNamed() {
    var file = file(FeedKind.REFUNDS, ".ndjson", (capture() + "\n").getBytes(UTF_8));
    assertThat(refusal(file))
        .contains("JSON object with refund_id or payment_refund_id.")
        .contains("It looks like captures. Deliver them as captures-2026-11-20.ndjson");
    assertThat(refusal(file(FeedKind.REFUNDS, ".ndjson", "{\"captures\":[]}".getBytes(UTF_8))))
        .contains("Deliver them as orders-2026-11-20.ndjson");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"capture_id\":\"c",
        "{\"capture_id\":\"c\"",
        "{\"capture_id\":\"c\"} x",
        "x",
        "[",
        "\uFEFF{"
      })
  void aLastLineThatHasNoEndAndIsNoObjectIsCutOff(String rest) {
    var sentence = " is cut off: its last line has no end and is not a complete JSON object.";
    var content = (capture() + "\n" + rest).getBytes(UTF_8);
    assertThat(refusal(captures(content))).contains(sentence);
    assertThat(refusal(file(FeedKind.CAPTURES, ".ndjson.gz", gzip(content)))).contains(sentence);
    isRead(capture() + "\n" + rest + "\n");
    isRead(capture() + "\n" + rest + "\n \t");
  }

  @Test
  void aFileThatIsCutOffInItsFirstLineIsCutOff() {
    assertThat(refusal(captures("{\"capture_id\":\"c\",".getBytes(UTF_8)))).contains("is cut off");
  }

  @Test
  void aLongLastLineIsLookedAtAsAWhole() {
    var large = capture("x", "'" + "x".repeat(200_000) + "'");
    isRead(capture() + "\n" + large);
    var cut = (capture() + "\n" + large.substring(0, 190_000)).getBytes(UTF_8);
    assertThat(refusal(captures(cut))).contains("is cut off");
    var tooLong = capture("x", "'" + "x".repeat(LineReader.MAX_LINE_BYTES) + "'");
    isRead(capture() + "\n" + tooLong);
  }

  @Test
  void aLastLineThatIsACompleteObjectNeedsNoEnd() {
    isRead(capture() + "\n{\"x\":1}");
    isRead(capture() + "\n{\"x\":1} \r");
    assertThatCode(
            () ->
                captures((capture() + "\n{\"x\":\"\u00F6\"}").getBytes(ISO_8859_1))
                    .mustBeWhatItsNameSays())
        .doesNotThrowAnyException();
  }

  @Test
  void aGzippedFileIsUnpackedToItsEnd() {
    var whole = gzip((capture() + "\n").repeat(1_000).getBytes(UTF_8));
    assertThatCode(() -> file(FeedKind.CAPTURES, ".ndjson.gz", whole).mustBeWhatItsNameSays())
        .doesNotThrowAnyException();
    var cut = Arrays.copyOf(whole, whole.length - 9);
    assertThat(refusal(file(FeedKind.CAPTURES, ".ndjson.gz", cut)))
        .contains("ends in the middle of its compressed data");
  }

  private void isRead(String content) {
    var bytes = content.getBytes(UTF_8);
    assertThatCode(() -> captures(bytes).mustBeWhatItsNameSays()).doesNotThrowAnyException();
    assertThatCode(() -> file(FeedKind.CAPTURES, ".ndjson.gz", gzip(bytes)).mustBeWhatItsNameSays())
        .doesNotThrowAnyException();
  }

  private void looksLike(String content, String sentence) {
    assertThat(refusal(captures(content.getBytes(UTF_8)))).contains(sentence);
    assertThat(refusal(file(FeedKind.CAPTURES, ".ndjson.gz", gzip(content.getBytes(UTF_8)))))
        .contains(sentence);
  }

  private static String refusal(FeedFile file) {
    return catchThrowableOfType(UserException.class, file::mustBeWhatItsNameSays).getMessage();
  }

  private FeedFile captures(byte[] content) {
    return file(FeedKind.CAPTURES, ".ndjson", content);
  }

  private FeedFile file(FeedKind kind, String ending, byte[] content) {
    try {
      var path = folder.resolve(kind.word() + "-" + DAY + ending);
      return new FeedFile(kind, DAY, Files.write(path, content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] gzip(byte[] bytes) {
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }
}
