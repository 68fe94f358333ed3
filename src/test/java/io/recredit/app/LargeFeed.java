package io.recredit.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A day's files of a shop with many orders, the same for the same seed. Another seed says something
 * else of records with the same ids.
 */
final class LargeFeed {

  private LargeFeed() {}

  /** Returns the documents of its orders, which may be written too. */
  static LargeFeedDocuments write(Path folder, String day, int captures, int refunds, long seed)
      throws IOException {
    var random = new Random(seed);
    Files.createDirectories(folder);
    var refundable = new ArrayList<String>();
    var documents = new LargeFeedDocuments(day, captures * 7 / 10);
    var orders = captures * 7 / 10;
    try (var out = Files.newBufferedWriter(folder.resolve("captures-" + day + ".ndjson"))) {
      for (var i = 0; i < captures; i++) {
        var order = day + "-order-" + random.nextInt(orders);
        var capture = day + "-capture-" + i;
        var first = 100 + random.nextInt(100_000);
        var second = 100 + random.nextInt(100_000);
        var reference = "SKU-" + random.nextInt(500);
        out.write(
            """
            {"order_id":"%s","capture_id":"%s","captured_amount":%d,"captured_at":"%sT08:%02d:00Z","purchase_country":"SE","purchase_currency":"SEK","order_lines":[{"reference":"%s","total_amount":%d},{"reference":"DELIVERY-%d","total_amount":%d}]}
            """
                .formatted(
                    order, capture, first + second, day, i % 60, reference, first, i % 9, second));
        refundable.add("\"order_id\":\"%s\"|%s|%d|%s".formatted(order, reference, first, capture));
        documents.capture(order, capture, first + second, i % 60);
      }
    }
    try (var out = Files.newBufferedWriter(folder.resolve("releases-" + day + ".ndjson"))) {
      for (var order = 0; order < orders; order++) {
        out.write(
            """
            {"order_id":"%s-order-%d","released_at":"%sT%02d:00:00Z"}
            """
                .formatted(day, order, day, 10 + random.nextInt(10)));
      }
    }
    try (var out = Files.newBufferedWriter(folder.resolve("refunds-" + day + ".ndjson"))) {
      for (var i = 0; i < refunds; i++) {
        var parts = List.of(refundable.get(random.nextInt(captures)).split("\\|"));
        var amount = Integer.parseInt(parts.get(2));
        var refunded = amount + (i % 20 == 0 ? 1 : 0);
        documents.refund(
            parts.get(0).substring(12, parts.get(0).length() - 1),
            day + "-refund-" + i,
            refunded,
            i % 60,
            random.nextBoolean());
        out.write(
            """
            {%s,"refund_id":"%s-refund-%d","refunded_amount":%d,"refunded_at":"%sT12:%02d:00Z"%s,"order_lines":[{"reference":"%s","total_amount":%d}]}
            """
                .formatted(
                    parts.get(0),
                    day,
                    i,
                    refunded,
                    day,
                    i % 60,
                    i % 25 == 0 ? ",\"capture_id\":\"" + parts.get(3) + "\"" : "",
                    parts.get(1),
                    amount));
      }
    }
    return documents;
  }
}
