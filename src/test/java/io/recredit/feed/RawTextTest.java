package io.recredit.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawTextTest {

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "61, a",
    "c3b6, \u00F6",
    "e282ac, \u20AC",
    "f09f9880, \uD83D\uDE00",
    "ff, \\xff",
    "6100 62, a\\x00b",
    "c0af, \\xc0\\xaf",
    "e08080, \\xe0\\x80\\x80",
    "eda080, \\xed\\xa0\\x80",
    "f4908080, \\xf4\\x90\\x80\\x80",
    "f08f8080, \\xf0\\x8f\\x80\\x80",
    "e282, \\xe2\\x82",
    "e28261, \\xe2\\x82a",
    "80, \\x80",
    "c361, \\xc3a",
    "61c3b6ff62, a\u00F6\\xffb",
  })
  void bytesThatTextCannotHoldAreEscaped(String hex, String shown) {
    assertThat(RawText.of(bytes(hex))).isEqualTo(shown);
  }

  @Test
  void theLineIsCutAtFourThousandCharacters() {
    assertThat(raw("x".repeat(4_000))).hasSize(4_000);
    assertThat(raw("x".repeat(4_001))).isEqualTo("x".repeat(4_000));
  }

  @Test
  void aCharacterOutsideTheBasicPlaneIsOneAndNeverCutInHalf() {
    var face = "\uD83D\uDE00";
    assertThat(raw(face.repeat(4_001))).isEqualTo(face.repeat(4_000));
    assertThat(raw("x".repeat(3_999) + face + "y")).isEqualTo("x".repeat(3_999) + face);
  }

  @Test
  void anEscapeIsNeverCutInTheMiddle() {
    var almost = "x".repeat(3_997);
    assertThat(raw("x".repeat(3_996) + "\0y")).isEqualTo("x".repeat(3_996) + "\\x00");
    assertThat(raw(almost + "\0y")).isEqualTo(almost);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "61", "c3b6", "e282ac", "ed9fbf", "ee8080", "f0908080", "f48fbfbf", "00"})
  void wellFormedBytesAreUtf8ToTheirEnd(String hex) {
    assertThat(RawText.utf8Length(bytes(hex))).isEqualTo(bytes(hex).length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "c0af",
        "c1bf",
        "c3",
        "c361",
        "e08080",
        "e09fbf",
        "eda080",
        "edbfbf",
        "e282",
        "f0808080",
        "f08fbfbf",
        "f4908080",
        "f5808080",
        "ff",
        "fe",
        "f09f98",
        "f09f9861"
      })
  void illFormedBytesAreFoundWhereTheyBeginAtAnyPlace(String hex) {
    for (var before = 0; before < 20; before++) {
      var bytes = bytes("61".repeat(before) + hex + "61".repeat(20));
      assertThat(RawText.utf8Length(bytes)).isEqualTo(before);
    }
  }

  @Test
  void randomBytesAreUtf8IfTheJdkSaysSo() {
    var seed = System.nanoTime();
    System.out.println("random UTF-8: seed " + seed);
    var random = new Random(seed);
    for (var i = 0; i < 50_000; i++) {
      var bytes = randomBytes(random);
      assertThat(RawText.utf8Length(bytes) == bytes.length)
          .as("seed %d: %s", seed, HexFormat.of().formatHex(bytes))
          .isEqualTo(isUtf8(bytes));
    }
  }

  private static byte[] randomBytes(Random random) {
    var text = new StringBuilder();
    for (var n = random.nextInt(12); n > 0; n--) {
      var any = random.nextInt(Character.MAX_CODE_POINT + 1) >> random.nextInt(18);
      text.appendCodePoint(any >= 0xD800 && any <= 0xDFFF ? 'x' : any);
    }
    var bytes = text.toString().getBytes(UTF_8);
    if (bytes.length > 0 && random.nextBoolean()) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      bytes = Arrays.copyOf(bytes, bytes.length - random.nextInt(2));
    }
    return bytes;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static String raw(String text) {
    return RawText.of(text.getBytes(UTF_8));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
