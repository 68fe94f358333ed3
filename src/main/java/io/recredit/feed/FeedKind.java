package io.recredit.feed;

import java.util.Arrays;
import java.util.List;

/** What a file of the feed holds. */
public enum FeedKind {
  CAPTURES("captures", true, "capture_id", "payment_capture_id"),
  REFUNDS("refunds", true, "refund_id", "payment_refund_id"),
  RELEASES("releases", false, "order_id", "payment_transaction_id"),
  /** Order documents: what Klarna's record shows (rules.md, part 7). */
  ORDERS("orders", false, "order_id", "payment_transaction_id");

  private final String word;
  private final boolean daily;
  private final String idName;
  private final String networkIdName;

  FeedKind(String word, boolean daily, String idName, String networkIdName) {
    this.word = word;
    this.daily = daily;
    this.idName = idName;
    this.networkIdName = networkIdName;
  }

  /** The word that files' names begin with; tables and people call the kind by it too. */
  public String word() {
    return word;
  }

  public static FeedKind of(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no kind of file: " + word));
  }

  /** The names that the id of its records comes under. */
  List<String> idNames() {
    return List.of(idName, networkIdName);
  }

  /** Whether every day without an orders file must have such a file, if only an empty one. */
  boolean isDaily() {
    return daily;
  }
}
