package io.recredit.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * The same night in SQL: the lines go into {@code jsonb}, are taken apart there, and statements
 * over whole tables credit the refunds that need no replay of their order. What is left to a human,
 * or to more SQL, is most of rules.md, part 2: duplicates, room, what failed before, line by line.
 */
final class SqlAlone {

  private static final List<String> LOAD =
      List.of("create table captures (line jsonb)", "create table refunds (line jsonb)");

  private static final List<String> DECIDE =
      List.of(
          """
          create table capture as
          select line->>'capture_id' as capture_id, line->>'order_id' as order_id,
            (line->>'captured_amount')::bigint as captured_amount, (line->>'captured_at')::timestamptz as captured_at,
            line->>'purchase_country' as purchase_country, line->>'purchase_currency' as purchase_currency,
            line->>'klarna_reference' as klarna_reference, line->'order_lines' as order_lines
          from captures
          """,
          """
          create table capture_line as
          select c.capture_id, c.order_id, l->>'reference' as reference, (l->>'total_amount')::bigint as total_amount
          from capture c cross join jsonb_array_elements(c.order_lines) l
          """,
          """
          create table refund as
          select line->>'refund_id' as refund_id, line->>'order_id' as order_id,
            (line->>'refunded_amount')::bigint as refunded_amount, (line->>'refunded_at')::timestamptz as refunded_at,
            line->>'purchase_currency' as purchase_currency, line->>'capture_id' as capture_id,
            line->>'idempotency_key' as idempotency_key, line->'order_lines' as order_lines
          from refunds
          """,
          """
          create table refund_line as
          select r.refund_id, r.order_id, l->>'reference' as reference, (l->>'total_amount')::bigint as total_amount
          from refund r cross join jsonb_array_elements(r.order_lines) l
          """,
          "alter table capture add primary key (capture_id)",
          "create index on capture (order_id)",
          "create index on capture_line (order_id, reference)",
          "alter table refund add primary key (refund_id)",
          "create index on refund (order_id)",
          "create index on refund_line (refund_id)",
          "analyze",
          """
          create table credit as
          select r.refund_id, c.capture_id, r.refunded_amount as credited_amount
          from refund r join capture c using (order_id)
          where r.capture_id = c.capture_id and r.refunded_amount <= c.captured_amount
          union all
          select r.refund_id, min(c.capture_id), r.refunded_amount
          from refund r
          join (select refund_id, sum(total_amount) as total from refund_line group by refund_id) s using (refund_id)
          join capture c using (order_id)
          where r.capture_id is null and s.total = r.refunded_amount and r.refunded_amount <= c.captured_amount
            and not exists (
              select from refund_line l where l.refund_id = r.refund_id and not exists (
                select from capture_line k
                where k.order_id = r.order_id and k.capture_id = c.capture_id and k.reference = l.reference))
          group by r.refund_id, r.refunded_amount
          having count(*) = 1
          """,
          """
          create table refund_exception as
          select refund_id, refunded_amount from refund r
          where not exists (select from credit c where c.refund_id = r.refund_id)
          """);

  private SqlAlone() {}

  /** Arguments: the database's URL, user and password, and the day's files up to their date. */
  public static void main(String[] args) throws SQLException, IOException {
    try (var database = DriverManager.getConnection(args[0], args[1], args[2]);
        var sql = database.createStatement()) {
      database.setAutoCommit(false);
      sql.execute("set work_mem = '64MB'; set jit = off"); // as Recredit does
      for (var statement : LOAD) {
        sql.execute(statement);
      }
      for (var kind : List.of("captures", "refunds")) {
        copy(database, kind, Path.of(args[3].formatted(kind)));
      }
      for (var statement : DECIDE) {
        sql.execute(statement);
      }
      database.commit();
    }
  }

  /** As CSV of one column, with a quote and a delimiter that no JSON holds. */
  private static void copy(Connection database, String table, Path file)
      throws SQLException, IOException {
    try (var lines = Files.newInputStream(file)) {
      database
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "copy " + table + " from stdin (format csv, quote e'\\x01', delimiter e'\\x02')",
              lines,
              1 << 16);
    }
  }
}
