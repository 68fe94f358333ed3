package io.recredit.job;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A line of a generated file: as it stands there, and the record that it is; none where it has to
 * be rejected.
 */
record FileLine(String text, @Nullable FeedRecord content) {

  /** The record in one of the ways in which it may be written down. */
  static FileLine of(FeedRecord record, Random random) {
    var time = record.instant();
    var offset = ZoneOffset.ofTotalSeconds(random.nextInt(-56, 57) * 900);
    var text =
        random.nextBoolean()
            ? record.json()
            : record
                .at(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atOffset(offset)))
                .json();
    var other = record.fields().get("other_id");
    if (other != null) {
      return new FileLine(withBothIds(text, record.time()), record);
    }
    return new FileLine(random.nextInt(3) == 0 ? inNetworkNames(text) : text, record);
  }

  static FileLine rejected(FeedRecord of, Random random) {
    var record = of.without("other_id"); // no field that is kept
    var text =
        switch (random.nextInt(4)) {
          case 0 -> "no json";
          case 1 -> record.with(record.isAboutRefund() ? "order_id" : "event_id", true).json();
          case 2 -> record.at("2026-11-20").json();
          default -> record.json() + "x";
        };
    return new FileLine(text, null);
  }

  /** The network's counts, the other one is kept beside it. */
  private static String withBothIds(String json, String time) {
    var name = time.equals("captured_at") ? "capture_id" : "refund_id";
    return json.replace("\"" + name + "\":", "\"payment_" + name + "\":")
        .replace("\"other_id\":", "\"" + name + "\":");
  }

  private static String inNetworkNames(String json) {
    return json.replace("\"order_id\":", "\"payment_transaction_id\":")
        .replace("\"refund_id\":", "\"payment_refund_id\":")
        .replace("\"capture_id\":", "\"payment_capture_id\":")
        .replace("\"order_lines\":", "\"line_items\":")
        .replace("\"total_amount\":", "\"total_line_amount\":");
  }
}
