package io.recredit.store;

import java.util.List;
import java.util.Locale;

/**
 * The three kinds of input, each with its table, its staging table and what makes two of its
 * records equal.
 */
public enum InputTable {
  CAPTURES(
      "capture",
      "capture_id",
      "order_id, captured_amount, captured_at, purchase_country, purchase_currency, order_amount, klarna_reference,"
          + " reference, order_lines"),
  REFUNDS(
      "refund",
      "refund_id",
      "order_id, refunded_amount, refunded_at, purchase_currency, capture_id, reference, description, idempotency_key,"
          + " order_lines"),
  /** A release's id is its order. */
  RELEASES("release", "order_id", "released_at");

  private final String table;
  private final String id;
  private final String content;

  InputTable(String table, String id, String content) {
    this.table = table;
    this.id = id;
    this.content = content;
  }

  /** {@code captures}, {@code refunds} or {@code releases}, as in the files' names. */
  public String kind() {
    return name().toLowerCase(Locale.ROOT);
  }

  String staging() {
    return table + "_staging";
  }

  String table() {
    return table;
  }

  List<String> stagingColumns() {
    return List.of(id, "file_date", "line_number", content, "raw");
  }

  List<String> columns() {
    return List.of(id, "file_date", "line_number", content, "since_run", "counts");
  }

  /**
   * What deciding needs of a record, from a table called x: not the description, which has no
   * bounds.
   */
  String historyColumns() {
    return ("x." + id + ", " + content.replace("description, ", "")).replace(", ", ", x.");
  }

  /**
   * What the planner needs to know; statistics of the wide columns would take longer than what they
   * are for.
   */
  private String keys() {
    return this == RELEASES ? "order_id, file_date" : id + ", order_id, file_date";
  }

  /**
   * A statement with its names filled in: {table}, {staging}, {id}, {kind}, {keys}, {content},
   * {s.content} and {c.content}.
   */
  String sql(String template) {
    return template
        .replace("{table}", table)
        .replace("{staging}", staging())
        .replace("{id}", id)
        .replace("{kind}", kind())
        .replace("{keys}", keys())
        .replace("{content}", content)
        .replace("{s.content}", "s." + content.replace(", ", ", s."))
        .replace("{c.content}", "c." + content.replace(", ", ", c."));
  }
}
