package io.recredit.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** The bytes of a line as text: whether they are UTF-8, and how to show them where they are not. */
public final class RawText {

  /** How much of a line is shown, in characters (code points, an escape counting as its four). */
  static final int MAX_CHARACTERS = 4_000;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NOT_ASCII = 0x8080_8080_8080_8080L;
  private static final HexFormat HEX = HexFormat.of();

  private RawText() {}

  /** The line, cut, with every byte that text cannot hold as {@code \xHH}. */
  public static String of(byte[] bytes) {
    return of(bytes, 0, bytes.length, MAX_CHARACTERS);
  }

  public static String of(byte[] bytes, int from, int to, int maxCharacters) {
    var text = new StringBuilder();
    var characters = 0;
    var i = from;
    while (i < to) {
      var length = bytes[i] == 0 ? 0 : sequenceLength(bytes, i);
      characters += length == 0 ? 4 : 1;
      if (characters > maxCharacters) {
        break;
      }
      if (length == 0) {
        text.append("\\x").append(HEX.toHexDigits(bytes[i]));
      } else if (length == 1) {
        text.append((char) bytes[i]);
      } else {
        text.append(new String(bytes, i, length, UTF_8));
      }
      i += Math.max(length, 1);
    }
    return text.toString();
  }

  /** Where the bytes stop being UTF-8; their length if they never do. */
  public static int utf8Length(byte[] bytes) {
    var i = 0;
    while (i < bytes.length) {
      if (i + Long.BYTES <= bytes.length && ((long) EIGHT_BYTES.get(bytes, i) & NOT_ASCII) == 0) {
        i += Long.BYTES;
      } else {
        var length = sequenceLength(bytes, i);
        if (length == 0) {
          return i;
        }
        i += length;
      }
    }
    return i;
  }

  /** How many characters (code points) the well-formed bytes in between are. */
  public static int characters(byte[] bytes, int from, int to) {
    var count = 0;
    for (var i = from; i < to; i++) {
      if (!isContinuation(bytes[i])) {
        count++;
      }
    }
    return count;
  }

  /**
   * Bytes of the character that begins here, 0 if none does: no overlong form, no surrogate,
   * nothing above U+10FFFF (Unicode, table 3-7).
   */
  private static int sequenceLength(byte[] bytes, int at) {
    var lead = bytes[at] & 0xFF;
    if (lead < 0x80) {
      return 1;
    }
    var length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > bytes.length) {
      return 0;
    }
    var second = bytes[at + 1] & 0xFF;
    var lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    var highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < lowest || second > highest) {
      return 0;
    }
    for (var i = at + 2; i < at + length; i++) {
      if (!isContinuation(bytes[i])) {
        return 0;
      }
    }
    return length;
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }
}
