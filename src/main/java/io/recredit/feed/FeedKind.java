package io.recredit.feed;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a file of the feed holds. */
public enum FeedKind {
  CAPTURES("captures", true, "capture_id", "payment_capture_id"),
  REFUNDS("refunds", true, "refund_id", "payment_refund_id"),
  RELEASES("releases", false, "order_id", "payment_transaction_id"),
  /** Order documents: what Klarna's record shows (rules.md, part 7). */
  ORDERS("orders", false, "order_id", "payment_transaction_id"),
  /** Refund requests that Klarna answered with an error. */
  REFUSALS("refusals", false, "order_id", "payment_transaction_id"),
  /** Bodies of Klarna's webhooks about refunds. */
  EVENTS("events", false, "metadata", "event_id", null);

  private final String word;
  private final boolean daily;
  private final @Nullable String idWithin;
  private final String idName;
  private final @Nullable String networkIdName;

  FeedKind(String word, boolean daily, String idName, String networkIdName) {
    this(word, daily, null, idName, networkIdName);
  }

  FeedKind(
      String word,
      boolean daily,
      @Nullable String idWithin,
      String idName,
      @Nullable String networkIdName) {
    this.word = word;
    this.daily = daily;
    this.idWithin = idWithin;
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
    return networkIdName == null ? List.of(idName) : List.of(idName, networkIdName);
  }

  /** The object of a record that its id is in; null where it stands in the record itself. */
  @Nullable String idWithin() {
    return idWithin;
  }

  /** The names of its id as people read them. */
  List<String> idNamesTold() {
    return idNames().stream().map(name -> idWithin == null ? name : idWithin + "." + name).toList();
  }

  /** Whether every day without an orders file must have such a file, if only an empty one. */
  boolean isDaily() {
    return daily;
  }
}
