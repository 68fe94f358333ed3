package io.recredit.erasing;

import static io.recredit.input.ErasedOrders.ERASED;

import io.recredit.input.DocumentText;
import io.recredit.input.ErasedOrders;
import io.recredit.input.OrderLinesText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Erases what could be personal of an order, in all versions of its rows. What it leaves is what
 * {@link io.recredit.feed.PersonalFields} leaves of a record, text for text: a file that is read
 * again finds it unchanged.
 */
@Repository
public class Erasure {

  /** Of refunds that belong to the order, or once did. */
  private static final String OF_ITS_REFUNDS =
      """
      refund_id in (
        select refund_id from refund where order_id = :order
        union select refund_id from decision where order_id = :order)
      """;

  private static final List<String> STATEMENTS =
      List.of(
          "update capture set reference = null, merchant_reference2 = null where order_id = :order",
          "update refund set reference = null, description = null, merchant_reference2 = null where order_id = :order",
          "update document set merchant_reference2 = null where order_id = :order",
          "update book_line set name = null where order_id = :order and " + OF_ITS_REFUNDS,
          "update exception_text set explanation = :erased, suggestion = :erased, why_proposed = case when proposed is not null then :erased end where "
              + OF_ITS_REFUNDS,
          "update refund_evidence set explanation = :erased where " + OF_ITS_REFUNDS,
          "update resolution set note = :erased where " + OF_ITS_REFUNDS,
          "update exception_note set note = :erased where note is not null and " + OF_ITS_REFUNDS);

  private final JdbcClient jdbc;

  Erasure(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** How many rows of the order there are, rejected lines that name it included. */
  public long rowsOf(String orderId) {
    return jdbc.sql(
            """
            select (select count(*) from capture where order_id = :order)
              + (select count(*) from refund where order_id = :order)
              + (select count(*) from release where order_id = :order)
              + (select count(*) from document where order_id = :order)
              + (select count(*) from rejected_record where position(:order in raw) > 0 or position(:quoted in raw) > 0)
            """)
        .param("order", orderId)
        .param("quoted", ErasedOrders.quoted(orderId))
        .query(Long.class)
        .single();
  }

  /** The files that brought the order: who erases it has them to see to. */
  public List<String> filesOf(String orderId) {
    return jdbc.sql(
            """
            select distinct i.file_name
            from (
              select 'captures' as kind, file_date from capture where order_id = :order
              union select 'refunds', file_date from refund where order_id = :order
              union select 'releases', file_date from release where order_id = :order
              union select 'orders', file_date from document where order_id = :order
              union select kind, file_date from rejected_record where position(:order in raw) > 0
            ) o
            join input_file i using (kind, file_date)
            order by i.file_name
            """)
        .param("order", orderId)
        .query(String.class)
        .list();
  }

  /** Erases it, and remembers that. In one transaction. */
  @Transactional
  public void erase(String orderId, String erasedBy, String note, Instant erasedAt) {
    for (var table : List.of("capture", "refund")) {
      rewrite(table, "order_lines", orderId, OrderLinesText::withoutNames);
    }
    for (var column : List.of("captures", "refunds")) {
      rewrite("document", column, orderId, DocumentText::withoutPersonal);
    }
    for (var column : List.of("capture_lines", "refund_lines")) {
      rewrite("document", column, orderId, OrderLinesText::withoutNamesInList);
    }
    for (var statement : STATEMENTS) {
      jdbc.sql(statement).param("order", orderId).param("erased", ERASED).update();
    }
    jdbc.sql(
            """
            update rejected_record set raw = :erased, error = :erased
            where position(:order in raw) > 0 or position(:quoted in raw) > 0
            """)
        .param("erased", ERASED)
        .param("order", orderId)
        .param("quoted", ErasedOrders.quoted(orderId))
        .update();
    jdbc.sql(
            """
            insert into erased_order (order_id, erased_by, erased_at, note) values (:order, :by, :at, nullif(:note, ''))
            on conflict do nothing
            """)
        .param("order", orderId)
        .param("by", erasedBy)
        .param("at", erasedAt.atOffset(ZoneOffset.UTC))
        .param("note", note)
        .update();
  }

  /** Versions of a record have mostly the same text. */
  private void rewrite(
      String table, String column, String orderId, UnaryOperator<String> rewritten) {
    var texts =
        jdbc.sql(
                "select distinct %1$s from %2$s where order_id = ? and %1$s is not null"
                    .formatted(column, table))
            .param(orderId)
            .query(String.class)
            .list();
    for (var text : texts) {
      jdbc.sql("update %2$s set %1$s = ? where order_id = ? and %1$s = ?".formatted(column, table))
          .params(rewritten.apply(text), orderId, text)
          .update();
    }
  }
}
