package io.recredit.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The documents of a third of a day's orders, whatever became of them, as they were read the night
 * after.
 */
final class LargeFeedDocuments {

  private record Capture(String id, long amount, int minute) {}

  private record Refund(String id, long amount, int minute) {}

  private final String day;
  private final int orders;
  private final Map<String, List<Capture>> captures = new HashMap<>();
  private final Map<String, List<Refund>> refunds = new HashMap<>();
  private final Map<String, Long> onCaptures = new HashMap<>();

  LargeFeedDocuments(String day, int orders) {
    this.day = day;
    this.orders = orders;
  }

  void capture(String order, String id, long amount, int minute) {
    captures.computeIfAbsent(order, o -> new ArrayList<>()).add(new Capture(id, amount, minute));
  }

  /**
   * Where Klarna has put a refund.
   *
   * @param isOnFirst on the order's first capture, or on its last
   */
  void refund(String order, String id, long amount, int minute, boolean isOnFirst) {
    refunds.computeIfAbsent(order, o -> new ArrayList<>()).add(new Refund(id, amount, minute));
    var of = captures.getOrDefault(order, List.of());
    onCaptures.merge(of.get(isOnFirst ? 0 : of.size() - 1).id(), amount, Long::sum);
  }

  void write(Path folder) throws IOException {
    try (var out = Files.newBufferedWriter(folder.resolve("orders-" + day + ".ndjson"))) {
      for (var i = 0; i < orders; i += 3) {
        var order = day + "-order-" + i;
        out.write(
            """
            {"order_id":"%s","purchase_country":"SE","purchase_currency":"SEK","read_at":"%sT23:00:00Z","captures":[%s],"refunds":[%s]}
            """
                .formatted(order, day, captures(order), refunds(order)));
      }
    }
  }

  private String captures(String order) {
    return captures.getOrDefault(order, List.of()).stream()
        .map(
            of ->
                """
                {"capture_id":"%s","captured_amount":%d,"captured_at":"%sT08:%02d:00Z","refunded_amount":%d}"""
                    .formatted(
                        of.id(),
                        of.amount(),
                        day,
                        of.minute(),
                        onCaptures.getOrDefault(of.id(), 0L)))
        .collect(Collectors.joining(","));
  }

  private String refunds(String order) {
    return refunds.getOrDefault(order, List.of()).stream()
        .map(
            of ->
                """
                {"refund_id":"%s","refunded_amount":%d,"refunded_at":"%sT12:%02d:00Z"}"""
                    .formatted(of.id(), of.amount(), day, of.minute()))
        .collect(Collectors.joining(","));
  }
}
