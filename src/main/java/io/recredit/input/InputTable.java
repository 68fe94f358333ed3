package io.recredit.input;

import io.recredit.feed.FeedKind;
import java.util.List;

/**
 * Where the records of a kind of file lie: their table, their staging table, and what makes two of
 * them equal.
 *
 * @param table in the singular, as its rows are called
 * @param id the column of their ids; a release's is its order
 * @param content the columns of all else that the files say of them
 */
public record InputTable(FeedKind kind, String table, String id, String content) {

  private static final InputTable CAPTURES =
      new InputTable(
          FeedKind.CAPTURES,
          "capture",
          "capture_id",
          "order_id, captured_amount, captured_at, purchase_country, purchase_currency, order_amount, klarna_reference,"
              + " reference, merchant_reference1, merchant_reference2, order_lines, other_id");
  private static final InputTable REFUNDS =
      new InputTable(
          FeedKind.REFUNDS,
          "refund",
          "refund_id",
          "order_id, refunded_amount, refunded_at, purchase_currency, capture_id, reference, description, idempotency_key,"
              + " merchant_reference1, merchant_reference2, order_lines, other_id");
  private static final InputTable RELEASES =
      new InputTable(FeedKind.RELEASES, "release", "order_id", "released_at");
  private static final InputTable ORDERS =
      new InputTable(
          FeedKind.ORDERS,
          "document",
          "document_id",
          "order_id, read_at, purchase_country, purchase_currency, order_amount, captured_amount, refunded_amount,"
              + " remaining_authorized_amount, merchant_reference1, merchant_reference2, klarna_reference, captures,"
              + " capture_lines, on_captures, refunds, refund_lines, says_places, has_unnamed");

  private static final InputTable REFUSALS =
      new InputTable(
          FeedKind.REFUSALS,
          "refusal",
          "refusal_id",
          "order_id, attempted_at, is_refund, request_faults, request_order_id, refund_id, refunded_amount,"
              + " request_refunded_at, purchase_currency, capture_id, reference, description, idempotency_key,"
              + " merchant_reference1, merchant_reference2, order_lines, http_status, error_code, error_messages,"
              + " correlation_id");
  private static final InputTable EVENTS =
      new InputTable(
          FeedKind.EVENTS,
          "event",
          "event_id",
          "order_id, event_type, occurred_at, refund_id, refunded_amount, correlation_id");

  public static InputTable of(FeedKind kind) {
    return switch (kind) {
      case CAPTURES -> CAPTURES;
      case REFUNDS -> REFUNDS;
      case RELEASES -> RELEASES;
      case ORDERS -> ORDERS;
      case REFUSALS -> REFUSALS;
      case EVENTS -> EVENTS;
    };
  }

  String staging() {
    return table + "_staging";
  }

  List<String> stagingColumns() {
    return List.of(id, "file_date", "line_number", content, "raw");
  }

  List<String> columns() {
    return List.of(id, "file_date", "line_number", content, "since_run", "counts");
  }

  /**
   * What deciding and the books need of a record, from a table called x: not the description, which
   * has no bounds.
   */
  public String historyColumns() {
    var needed =
        content
            .replace("description, ", "")
            .replace("merchant_reference2, ", "")
            .replace(", other_id", "");
    return ("x." + id + ", " + needed).replace(", ", ", x.");
  }

  /**
   * What the planner needs to know; statistics of the wide columns would take longer than what they
   * are for.
   */
  private String keys() {
    return switch (kind) {
      case RELEASES -> "order_id, file_date";
      case EVENTS -> "event_id, order_id, file_date, event_type, refund_id, refunded_amount";
      case CAPTURES, REFUNDS, ORDERS, REFUSALS -> id + ", order_id, file_date";
    };
  }

  /**
   * A statement with its names filled in: {table}, {staging}, {id}, {kind}, {keys}, {content},
   * {s.content} and {c.content}.
   */
  public String sql(String template) {
    return template
        .replace("{table}", table)
        .replace("{staging}", staging())
        .replace("{id}", id)
        .replace("{kind}", kind.word())
        .replace("{keys}", keys())
        .replace("{content}", content)
        .replace("{s.content}", "s." + content.replace(", ", ", s."))
        .replace("{c.content}", "c." + content.replace(", ", ", c."));
  }
}
