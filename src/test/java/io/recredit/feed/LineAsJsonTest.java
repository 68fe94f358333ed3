package io.recredit.feed;

import static io.recredit.feed.Input.acceptedCapture;
import static io.recredit.feed.Input.capture;
import static io.recredit.feed.Input.captureThen;
import static io.recredit.feed.Input.errorOfCapture;
import static io.recredit.feed.Input.line;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.feed.ParsedLine.Accepted;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A line is UTF-8 and one JSON object; what it holds under names of its own is nobody's business.
 */
class LineAsJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "'x'",
        "-0",
        "0.1e-7",
        "{}",
        "[]",
        "{'a':{'b':[[],{}]}}",
        "1e999999",
        "'\\ud800'",
        "'\\udc00\\ud800'",
        "'\\u0000'",
        "'\\\\\\/\\b\\f\\n\\r\\t\\''",
        "'\u007F\u2028\uFFFF'",
        "{'order_id':5,'order_id':6}",
        "{'':1,'':2}",
        "{'\\u0000\\n':1}"
      })
  void whatStandsUnderAnUnknownNameIsIgnored(String json) {
    assertThat(acceptedCapture(capture("merchant_data", json)))
        .isEqualTo(acceptedCapture(capture()))
        .isEqualTo(acceptedCapture(captureThen("'x':" + json)));
    assertThat(
            acceptedCapture(
                capture("order_lines", "[{'product_url':" + json + ",'total_amount':1}]")))
        .isEqualTo(acceptedCapture(capture("order_lines", "[{'total_amount':1}]")));
  }

  @Test
  void anUnknownFieldMayBeHugeOrDeep() {
    for (var json :
        new String[] {
          "9".repeat(3_000_000),
          "0." + "9".repeat(3_000_000),
          "'" + "x".repeat(7_000_000) + "'",
          "{'" + "n".repeat(1_000_000) + "':1}",
          "[".repeat(100_000) + "]".repeat(100_000),
          "{'a':".repeat(100_000) + "1" + "}".repeat(100_000)
        }) {
      assertThat(acceptedCapture(capture("merchant_data", json)))
          .isEqualTo(acceptedCapture(capture()));
    }
  }

  @Test
  void manyNamesThatNobodyKnowsDoNoHarm() {
    var random = new Random(1);
    for (var i = 0; i < 2_000; i++) {
      assertThat(acceptedCapture(capture("n" + random.nextLong(), "{'" + i + "':" + i + "}")))
          .isNotNull();
    }
  }

  @Test
  void nestingWithoutEndIsRejectedBeforeItTakesTheMemory() {
    assertThat(errorOfCapture(capture("x", "[".repeat(1_000_001) + "]".repeat(1_000_001))))
        .isEqualTo("The line nests JSON arrays or objects more than 1000000 deep.");
  }

  @Test
  void whiteSpaceMayStandAroundTheObjectAndWithinIt() {
    assertThat(acceptedCapture(" \t\r" + capture().replace(",", "\t,\r ") + " \t\r"))
        .isEqualTo(acceptedCapture(capture()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "5", "null", "\"{}\"", "[{}]", "5 {}"})
  void aLineThatIsJsonButNoObjectIsRejected(String json) {
    assertThat(errorOfCapture(json)).isEqualTo("The line is not a JSON object in braces.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "x", ",", "}", "]", "\u00A0", "\f", "//", "\"", "5"})
  void anythingAfterTheObjectMakesTheLineBad(String rest) {
    assertThat(errorOfCapture(capture() + rest))
        .isEqualTo(
            "Something follows the line's JSON object, at character %d: a line holds one object and nothing else."
                .formatted(capture().length() + 1));
    assertThat(errorOfCapture(capture() + " \r" + rest))
        .contains("character " + (capture().length() + 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"a",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":[",
        "{\"a\":\"x",
        "{\"a\":\"\\",
        "{\"a\":\"\\u00",
        "{\"a\":-"
      })
  void aLineThatIsCutOffSaysSo(String json) {
    assertThat(errorOfCapture(json)).isEqualTo("The line ends in the middle of its JSON object.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,}|8",
        "{\"a\" 1}|6",
        "{'a':1}|2",
        "{a:1}|2",
        "{\"a\":01}|7",
        "{\"a\":+1}|7",
        "{\"a\":.5}|6",
        "{\"a\":1.}|8",
        "{\"a\":1e}|8",
        "{\"a\":0x1}|7",
        "{\"a\":1 2}|8",
        "{\"a\":\"\t\"}|7",
        "{\"a\":\"\\x\"}|8",
        "{\"\u00F6\u20AC\":\"\\x\"}|9",
        "{\"a\":[1,]}|9",
        "{\"a\":[}|7",
        "{\"a\":1]|7",
        "{,}|2",
        "{\"a\":1/**/}|7",
        "{\"a\":1#}|7",
        "{\"a\":-x}|7",
        "<xml/>|1",
        "}|1",
      })
  void aLineThatIsNotJsonSaysWhereItGoesWrong(String json, int character) {
    assertThat(errorOfCapture(json))
        .isEqualTo("The line is not JSON: it goes wrong near character " + character + ".");
  }

  @Test
  void aByteOrderMarkWithinTheFileIsNamedSinceItCannotBeSeen() {
    assertThat(errorOfCapture("\uFEFF" + capture()))
        .isEqualTo(
            "The line begins with a byte order mark (U+FEFF, which is invisible), as where files were joined. Only the start of a file may have one: take it out.");
  }

  @Test
  void ofAnObjectOnlyWhatTheContractNamesIsKept() {
    assertThat(
            line(capture(
                    "order_id", "7",
                    "email", "'a@b.se'",
                    "reference", "{'email':'a@b.se'}",
                    "order\\u005flines",
                        "[{'total_amount' : 1.50,'person':{'name':1}},5,['a@b.se'],{'x':1}, 'x' ]",
                    "shipping", "[{'order_id':'a@b.se'}]"))
                .raw(FeedKind.CAPTURES))
        .isEqualTo(
            capture(
                "order_id", "7",
                "reference", "{…}",
                "order_lines", "[{'total_amount':1.50},5,[…],{},'x']"));
    assertThat(line("{\"email\":\"a@b.se\"} ").raw(FeedKind.CAPTURES)).isEqualTo("{}");
    assertThat(line("{\"email\":\"a@b.se\"}x").raw(FeedKind.CAPTURES))
        .isEqualTo("{\"email\":\"a@b.se\"}x");
    assertThat(line("\"email\"").raw(FeedKind.CAPTURES)).isEqualTo("\"email\"");
    assertThat(
            new FeedLine(1, line("{\"email\":1,\"order_id\":2,\"captur").bytes(), true)
                .raw(FeedKind.CAPTURES))
        .startsWith("{\"order_id\":2")
        .doesNotContain("email");
    var large =
        capture(
            "email", "'" + "x".repeat(5_000) + "'", "reference", "'" + "r".repeat(40_000) + "'");
    assertThat(line(large).raw(FeedKind.CAPTURES)).hasSize(4_000).doesNotContain("email");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "Infinity",
        "-Infinity",
        "True",
        "nul",
        "tru",
        "nulll",
        "truefalse",
        "undefined",
        "1x",
        "1.2.3",
        "--1",
        "\"a\"\"b\"",
        "\"\\ud8\"",
        "\"\\u12g4\"",
        "\"\u0001\"",
        "[1 2]",
        "{\"a\"}"
      })
  void nothingButJsonIsJson(String json) {
    assertThat(errorOfCapture("{\"a\":" + json + "}")).startsWith("The line is not JSON: it goes");
  }

  @Test
  void bytesThatAreNotUtf8MakeTheLineBadWhereverTheyStand() {
    var line = new FeedLine(3, capture("x", "'\u00F6\u00FF'").getBytes(ISO_8859_1), false);
    var before = capture("x", "'").length();
    assertThat(Input.error(RecordParser.captures().parse(line)))
        .isEqualTo("The line is not UTF-8: character " + before + " is the byte \\xf6.");
    var named = new FeedLine(3, capture("reference", "'\u00F6\u00FF'").getBytes(ISO_8859_1), false);
    assertThat(named.raw(FeedKind.CAPTURES)).endsWith("\"reference\":\"\\xf6\\xff\"}");
  }

  @Test
  void aSurrogateEncodedInThreeBytesIsNotUtf8() {
    var bytes = capture("x", "'???'").getBytes(UTF_8);
    var at = new String(bytes, UTF_8).indexOf('?');
    bytes[at] = (byte) 0xED;
    bytes[at + 1] = (byte) 0xA0;
    bytes[at + 2] = (byte) 0x80;

    assertThat(Input.error(RecordParser.captures().parse(new FeedLine(1, bytes, false))))
        .startsWith("The line is not UTF-8");
  }

  @Test
  void anotherEncodingIsNotGuessed() {
    assertThat(
            Input.error(
                RecordParser.captures()
                    .parse(new FeedLine(1, capture().getBytes(UTF_16LE), false))))
        .isEqualTo("The line is not JSON: it goes wrong near character 2.");
  }

  @Test
  void aNulByteMakesTheLineBadAndIsEscapedInWhatIsShown() {
    var line = line("{\"a\":\"\0\"}");
    assertThat(Input.error(RecordParser.captures().parse(line)))
        .isEqualTo("The line is not JSON: it goes wrong near character 7.");
    assertThat(line.raw(FeedKind.CAPTURES)).isEqualTo("{\"a\":\"\\x00\"}");
  }

  @Test
  void whateverIsDoneToALineItIsAcceptedOrRejectedWithASentence() {
    var seed = System.nanoTime();
    System.out.println("mangled lines: seed " + seed);
    var random = new Random(seed);
    var good =
        capture(
                "reference", "'\u00F6\\u00e9\uD83D\uDE00'",
                "order_lines", "[{'reference':'a','total_amount':-1.0e5,'quantity':9}]",
                "x", "{'a':[null,true,false,1.5,{}]}")
            .getBytes(UTF_8);
    var alphabet = "{}[]\",:\\u0019eE.-+ntf \t\0\u00F6".getBytes(UTF_8);
    for (var round = 0; round < 10_000; round++) {
      var bytes = good.clone();
      for (var changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = alphabet[random.nextInt(alphabet.length)];
      }
      var line = new FeedLine(1, bytes, false);
      var parsed = RecordParser.captures().parse(line);
      if (!(parsed instanceof Accepted)) {
        assertThat(Input.error(parsed)).as("seed %d", seed).isNotEmpty().hasSizeLessThan(1_000);
      }
      assertThat(line.raw(FeedKind.CAPTURES)).doesNotContain("\0");
    }
  }

  @Test
  void aParserServesSeveralThreadsAtOnce() throws Exception {
    var parser = RecordParser.captures();
    var threads = Executors.newFixedThreadPool(4);
    try {
      var tasks = new ArrayList<Callable<Boolean>>();
      for (var thread = 0; thread < 4; thread++) {
        var own = "o-" + thread;
        tasks.add(
            () ->
                IntStream.range(0, 500)
                    .allMatch(
                        i ->
                            Input.accepted(
                                    parser, capture("order_id", "'" + own + "'", "x" + i, "1"))
                                .capture()
                                .orderId()
                                .equals(own)));
      }
      for (var result : threads.invokeAll(tasks)) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
