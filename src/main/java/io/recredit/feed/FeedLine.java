package io.recredit.feed;

import static io.recredit.wording.Messages.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.recredit.wording.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A line of a file as it was read, without its line feed. */
public final class FeedLine {

  private final long number;
  private final byte[] bytes;
  private final boolean tooLong;

  /**
   * @param tooLong the line is longer than {@link LineReader#MAX_LINE_BYTES}, and {@code bytes} are
   *     only its first
   */
  FeedLine(long number, byte[] bytes, boolean tooLong) {
    this.number = number;
    this.bytes = bytes;
    this.tooLong = tooLong;
  }

  /**
   * All of a file as one line, for an object that people wrote over several lines: line breaks
   * between its parts are as good as spaces.
   */
  public static FeedLine allOf(Path file) {
    try (var in = Files.newInputStream(file)) {
      return read(in);
    } catch (IOException e) {
      throw FeedFaults.unreadable(file, e);
    }
  }

  /** The same of a stream that has no name, such as standard input. */
  public static FeedLine allOf(InputStream in) {
    try {
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FeedLine read(InputStream in) throws IOException {
    var bytes = in.readNBytes(LineReader.MAX_LINE_BYTES + 1);
    if (isUtf16(bytes)) {
      throw new UserException(text("feed.file.utf-16"));
    }
    var from = LineReader.byteOrderMarkLength(bytes, bytes.length);
    var to = bytes.length;
    while (to > from && (bytes[to - 1] == '\n' || isBlank(bytes[to - 1]))) {
      to--;
    }
    return new FeedLine(
        1, Arrays.copyOfRange(bytes, from, to), bytes.length > LineReader.MAX_LINE_BYTES);
  }

  /** By its mark, or by the zero that half of an ASCII character is. */
  private static boolean isUtf16(byte[] bytes) {
    return bytes.length >= 2
        && (bytes[0] == 0
            || bytes[1] == 0
            || (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
            || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF));
  }

  /** Counted from 1, ignored lines included. */
  public long number() {
    return number;
  }

  /**
   * The line as people read it among the rejected ones: of an object what the contract names, cut,
   * and with what is not text escaped.
   *
   * @param names of what is read of events
   */
  public String raw(FeedKind kind, EventNames names) {
    return RawText.of(NamedFields.of(bytes, !tooLong, kind, names));
  }

  String raw(FeedKind kind) {
    return raw(kind, EventNames.DEFAULT);
  }

  /** All of it, as far as it is text. */
  public String whole() {
    return new String(bytes, UTF_8);
  }

  /** Bytes that it takes in memory. */
  public int length() {
    return bytes.length;
  }

  boolean isTooLong() {
    return tooLong;
  }

  /** The line's own array, which nobody changes. */
  byte[] bytes() {
    return bytes;
  }

  boolean isBlank() {
    return isBlank(bytes, 0);
  }

  /** Nothing but {@code []}: how some write that there is nothing. */
  boolean isEmptyArray() {
    return new String(bytes, ISO_8859_1).matches("[ \t\r]*\\[[ \t\r]*\\][ \t\r]*");
  }

  /** Whether there is nothing from here on. */
  static boolean isBlank(byte[] bytes, int from) {
    for (var i = from; i < bytes.length; i++) {
      if (!isBlank(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }
}
