package io.recredit.erasing;

import static io.recredit.input.ErasedOrders.ERASED;

import io.recredit.input.DocumentText;
import io.recredit.input.ErasedOrders;
import io.recredit.input.OrderLinesText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
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

  private static final String OF_IT = "order_id = :order";

  /** Of refunds that belong to the order, or once did. */
  private static final String OF_ITS_REFUNDS =
      """
      refund_id in (
        select refund_id from refund where order_id = :order
        union select refund_id from decision where order_id = :order)
      """;

  /**
   * Wherever files moved it. What the document of another order has, under the same id, stays as it
   * is there, and would come back from it.
   */
  private static final String IN_ITS_PLACES = "(order_id = :order or file_date > '-infinity') and ";

  private static final String ITS_REFUNDS = IN_ITS_PLACES + OF_ITS_REFUNDS;

  private static final String ITS_CAPTURES =
      IN_ITS_PLACES + "capture_id in (select capture_id from capture where order_id = :order)";

  private static final String ITS_REFUSALS =
      "refusal_id in (select refusal_id from refusal where order_id = :order)";

  /** What is said of a refund may quote all captures and refunds of its order. */
  private static final String SAID_BESIDE_THEM =
      """
      refund_id in (
        select refund_id from decision
        where order_id in (
          select :order
          union select order_id from capture where {captures}
          union select order_id from refund where {refunds}))
      """
          .replace("{captures}", ITS_CAPTURES)
          .replace("{refunds}", ITS_REFUNDS);

  private static final List<String> STATEMENTS =
      List.of(
          "update capture set reference = null, merchant_reference2 = null where " + ITS_CAPTURES,
          "update refund set reference = null, description = null, merchant_reference2 = null where "
              + ITS_REFUNDS,
          "update payout_row set capture_reference = null, refund_reference = null where order_id = :order",
          "update refusal set reference = null, description = null, merchant_reference1 = null, merchant_reference2 = null, request_faults = null where "
              + ITS_REFUSALS,
          "update document set merchant_reference2 = null where " + OF_IT,
          // Made of names too, and so made of something else; the lines in force are written anew.
          "update book_line set name = null, digest = md5(refund_id || ' ' || since_run)::uuid where "
              + SAID_BESIDE_THEM,
          "update exception_text set explanation = :erased, suggestion = :erased, why_proposed = case when proposed is not null then :erased end where "
              + SAID_BESIDE_THEM,
          "update refund_evidence set explanation = :erased where " + SAID_BESIDE_THEM,
          "update resolution set note = :erased where " + OF_ITS_REFUNDS,
          "update exception_note set case_id = null, note = case when note is not null then :erased end where "
              + OF_ITS_REFUNDS,
          // What failed may have quoted a line, and names no order.
          "update run set failure = :erased where failure is not null",
          "update recredit_batch.batch_step_execution set exit_message = '' where exit_message <> ''",
          "update recredit_batch.batch_job_execution set exit_message = '' where exit_message <> ''");

  /** As long as a rejected line that was cut is at least; it may have named the order behind. */
  private static final int CUT_FROM = 4_000 - 4;

  private static final int ROWS_FETCHED = 1_000;

  private final JdbcClient jdbc;

  Erasure(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A rejected line that names the order, or was cut before it could. */
  private record Line(
      @Nullable String kind,
      @Nullable LocalDate fileDate,
      long number,
      long sinceRun,
      String file,
      boolean names) {}

  /** Whether anything of the order was ever read, or rejected. */
  public boolean knows(String orderId) {
    return jdbc.sql(
                """
                select exists (select from capture where order_id = :order)
                  or exists (select from refund where order_id = :order)
                  or exists (select from release where order_id = :order)
                  or exists (select from document where order_id = :order)
                  or exists (select from refusal where order_id = :order)
                  or exists (select from event where order_id = :order)
                  or exists (select from decision where order_id = :order)
                  or exists (select from payout_row where order_id = :order)
                """)
            .param("order", orderId)
            .query(Boolean.class)
            .single()
        || rejected(orderId).stream().anyMatch(Line::names);
  }

  /** The files that brought the order: who erases it has them to see to. */
  public List<String> filesOf(String orderId) {
    var files =
        new TreeSet<>(
            jdbc.sql(
                    """
                    select i.file_name
                    from (
                      select 'captures' as kind, file_date from capture where order_id = :order
                      union select 'refunds', file_date from refund where order_id = :order
                      union select 'releases', file_date from release where order_id = :order
                      union select 'orders', file_date from document where order_id = :order
                      union select 'refusals', file_date from refusal where order_id = :order
                      union select 'events', file_date from event where order_id = :order
                    ) o
                    join input_file i using (kind, file_date)
                    union
                    select file_name from payout_row where order_id = :order
                    """)
                .param("order", orderId)
                .query(String.class)
                .set());
    rejected(orderId).stream().filter(Line::names).map(Line::file).forEach(files::add);
    return List.copyOf(files);
  }

  /** In Java, since JSON can write an id in many ways. */
  private List<Line> rejected(String orderId) {
    var order = new ErasedOrders(Set.of(orderId));
    var found = new ArrayList<Line>();
    jdbc.sql(
            """
            select kind, file_date, line_number, since_run, file_name, raw, error from rejected_record
            union all
            select null, null, row, since_run, file_name, raw, error from payout_rejected
            """)
        .withFetchSize(ROWS_FETCHED)
        .query(
            row -> {
              var raw = row.getString("raw");
              var text = raw + " " + row.getString("error");
              if (order.areIn(text) || raw.length() >= CUT_FROM) {
                found.add(
                    new Line(
                        row.getString("kind"),
                        row.getObject("file_date", LocalDate.class),
                        row.getLong("line_number"),
                        row.getLong("since_run"),
                        row.getString("file_name"),
                        row.getString("kind") == null
                            ? order.areIn(raw)
                            : order.areStringsOf(raw)));
              }
            });
    return found;
  }

  /** Erases it, and remembers that. In one transaction. */
  @Transactional
  public void erase(long runId, String orderId, String erasedBy, String note, Instant erasedAt) {
    rewrite("capture", "order_lines", ITS_CAPTURES, orderId, OrderLinesText::withoutNames);
    rewrite("refund", "order_lines", ITS_REFUNDS, orderId, OrderLinesText::withoutNames);
    rewrite("refusal", "order_lines", ITS_REFUSALS, orderId, OrderLinesText::withoutNames);
    for (var column : List.of("captures", "refunds")) {
      rewrite("document", column, OF_IT, orderId, DocumentText::withoutPersonal);
    }
    for (var column : List.of("capture_lines", "refund_lines")) {
      rewrite("document", column, OF_IT, orderId, OrderLinesText::withoutNamesInList);
    }
    for (var statement : STATEMENTS) {
      jdbc.sql(statement).param("order", orderId).param("erased", ERASED).update();
    }
    for (var line : rejected(orderId)) {
      erase(line);
    }
    jdbc.sql(
            """
            insert into erased_order (order_id, erased_by, erased_at, note, said_anew_by)
            values (:order, :by, :at, nullif(:note, ''), :run)
            on conflict (order_id) do update set erased_by = excluded.erased_by, erased_at = excluded.erased_at,
              note = excluded.note, said_anew_by = excluded.said_anew_by
            """)
        .param("order", orderId)
        .param("by", erasedBy)
        .param("at", erasedAt.atOffset(ZoneOffset.UTC))
        .param("note", note)
        .param("run", runId)
        .update();
  }

  /** A row of a settlement report is of no day. */
  private void erase(Line line) {
    if (line.fileDate() == null) {
      jdbc.sql(
              "update payout_rejected set raw = ?, error = ? where file_name = ? and row = ? and since_run = ?")
          .params(ERASED, ERASED, line.file(), line.number(), line.sinceRun())
          .update();
      return;
    }
    jdbc.sql(
            """
            update rejected_record set raw = ?, error = ?
            where kind = ? and file_date = ? and line_number = ? and since_run = ?
            """)
        .param(ERASED)
        .param(ERASED)
        .param(line.kind())
        .param(line.fileDate())
        .param(line.number())
        .param(line.sinceRun())
        .update();
  }

  /** Versions of a record have mostly the same text. */
  private void rewrite(
      String table, String column, String which, String orderId, UnaryOperator<String> rewritten) {
    var texts =
        jdbc.sql(
                "select distinct %1$s from %2$s where %1$s is not null and %3$s"
                    .formatted(column, table, which))
            .param("order", orderId)
            .query(String.class)
            .list();
    for (var text : texts) {
      jdbc.sql(
              "update %2$s set %1$s = :rewritten where %1$s = :text and %3$s"
                  .formatted(column, table, which))
          .param("rewritten", rewritten.apply(text))
          .param("text", text)
          .param("order", orderId)
          .update();
    }
  }
}
