package io.recredit.pull;

import static io.recredit.wording.Messages.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.recredit.feed.FeedFaults;
import io.recredit.wording.UserException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A file of order ids, one a line, as a shop's own system exports them. */
public final class OrderIds {

  /** No id has blanks or what CSV puts around and between fields. */
  private static final Pattern ID = Pattern.compile("[^\\s,;\"'\\p{Cntrl}]{1,255}");

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private OrderIds() {}

  /** {@link UserException} where it cannot be read, or a line is no id. */
  public static List<String> in(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, UTF_8);
    } catch (CharacterCodingException e) {
      throw new UserException(text("pull.orders.no-text", file), e);
    } catch (IOException e) {
      throw FeedFaults.unreadable(file, e);
    }
    var ids = new ArrayList<String>();
    for (var i = 0; i < lines.size(); i++) {
      var id = lines.get(i).replace(BYTE_ORDER_MARK, "").strip();
      if (!id.isEmpty() && !ID.matcher(id).matches()) {
        throw new UserException(text("pull.orders.no-id", file, i + 1, id));
      }
      if (!id.isEmpty()) {
        ids.add(id);
      }
    }
    return List.copyOf(ids);
  }
}
