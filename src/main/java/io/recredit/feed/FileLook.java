package io.recredit.feed;

import static io.recredit.wording.Messages.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;

/**
 * What a file looks like that is not what its name says.
 *
 * @param isCutOff it is the beginning of a line that would be one of its kind
 * @param told what it looks like, and how to mend it
 * @param withoutContent the same without a word of what is in it
 */
record FileLook(boolean isCutOff, String told, String withoutContent) {

  private static final int SHOWN_CHARACTERS = 60;

  static FileLook of(byte[] start, FeedFile file) {
    if (isUtf16(start)) {
      return told(text("feed.look.utf16"));
    }
    if (startsWith(start, 0x1F, 0x8B)) {
      return told(text("feed.look.gzip"));
    }
    if (startsWith(start, 'P', 'K', 3, 4)) {
      return told(text("feed.look.zip"));
    }
    return ofText(start, new String(start, ISO_8859_1).strip(), file);
  }

  private static FileLook ofText(byte[] start, String content, FeedFile file) {
    return switch (content.isEmpty() ? ' ' : content.charAt(0)) {
      case '[' -> told(text("feed.look.array"));
      case '{' -> ofObject(content, file);
      case '<' -> told(text("feed.look.xml"));
      default -> {
        var line = content.lines().findFirst().orElse("");
        yield line.matches("[^{]*[,;\t|][^{]*")
            ? told(text("feed.look.csv"))
            : file.kind() == FeedKind.ORDERS
                ? told(text("feed.look.no-object"))
                : new FileLook(
                    false,
                    text("feed.look.unknown", RawText.of(start, 0, start.length, SHOWN_CHARACTERS)),
                    text("feed.look.unknown", text("feed.look.not-shown")));
      }
    };
  }

  private static FileLook ofObject(String content, FeedFile file) {
    var names = new HashSet<String>();
    var end = endOfObject(content, names);
    var line = content.lines().findFirst().orElse("");
    if (end < 0 && line.length() == content.length()) {
      return new FileLook(true, "", "");
    }
    if (end < 0 || end > line.length()) {
      return told(text("feed.look.pretty"));
    }
    if (!line.substring(end).isBlank()) {
      return told(text("feed.look.several"));
    }
    return ofLine(line, names, file);
  }

  private static FileLook ofLine(String line, Set<String> names, FeedFile file) {
    var bytes = line.getBytes(ISO_8859_1);
    if (RawText.utf8Length(bytes) < bytes.length) {
      return told(text("feed.look.encoding"));
    }
    if (names.contains("captures") || names.contains("refunds")) {
      return told(text("feed.look.orders", FeedKind.ORDERS.word() + "-" + file.date() + ".ndjson"));
    }
    for (var other : FeedKind.values()) {
      if (other != file.kind() && markOf(other).stream().anyMatch(names::contains)) {
        return told(
            text("feed.look.kind", other.word(), other.word() + "-" + file.date() + ".ndjson"));
      }
    }
    return told(text("feed.look.without-id"));
  }

  /** Names that no other kind's objects have. */
  private static List<String> markOf(FeedKind kind) {
    return switch (kind) {
      case CAPTURES, REFUNDS -> kind.idNames();
      case REFUSALS -> List.of("attempted_at");
      case EVENTS -> List.of("metadata");
      case RELEASES, ORDERS -> List.of();
    };
  }

  /**
   * Where the object ends that the content begins with; negative if it does not.
   *
   * @param names takes the names in it
   */
  private static int endOfObject(String content, Set<String> names) {
    try (var json = RecordParser.json(content)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        names.add(json.currentName());
        json.nextToken();
        json.skipChildren();
      }
      return (int) json.currentLocation().getCharOffset();
    } catch (StreamReadException | StreamConstraintsException e) {
      return -1;
    }
  }

  private static FileLook told(String sentence) {
    return new FileLook(false, sentence, sentence);
  }

  private static boolean startsWith(byte[] start, int... bytes) {
    if (start.length < bytes.length) {
      return false;
    }
    for (var i = 0; i < bytes.length; i++) {
      if ((start[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** By its mark, or by the empty byte that each letter of a Western text then has. */
  private static boolean isUtf16(byte[] start) {
    if (startsWith(start, 0xFF, 0xFE) || startsWith(start, 0xFE, 0xFF)) {
      return true;
    }
    var empty = 0;
    for (var b : start) {
      empty += b == 0 ? 1 : 0;
    }
    return empty * 4 > start.length;
  }
}
