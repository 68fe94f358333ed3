package io.recredit.ledger;

import static io.recredit.wording.Messages.text;

import io.recredit.postgres.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Until when the books are closed (rules.md, part 8). What is posted up to a closed day never
 * changes; each closing keeps a digest of it.
 */
@Repository
public class ClosedPeriods {

  private static final int ENTRIES_FETCHED = 1000;

  /** By account and currency, in one order. */
  private static final String TOTALS =
      """
      select coalesce(jsonb_agg(to_jsonb(total) order by account, currency), '[]')
      from (
        select account, currency, count(*) as entries, sum(amount) as amount, coalesce(sum(tax_amount), 0) as tax_amount
        from journal where posting_date <= ? group by account, currency
      ) total
      """;

  private final JdbcClient jdbc;

  ClosedPeriods(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Those that hold, the last days first. What a run opens is closed until the run is shown; who
   * closes or opens finds no such run.
   */
  public List<ClosedPeriod> all() {
    return jdbc.sql(
            "select * from recredit.closed_period where reopened_run is null order by until desc")
        .query((row, n) -> read(row))
        .list();
  }

  /** The one up to whose day the books are closed; empty where they are open. */
  public Optional<ClosedPeriod> last() {
    return all().stream().findFirst();
  }

  private static ClosedPeriod read(ResultSet row) throws SQLException {
    return new ClosedPeriod(
        row.getLong("closing_id"),
        Objects.requireNonNull(row.getObject("until", LocalDate.class)),
        row.getString("closed_by"),
        Rows.time(row, "closed_at"),
        row.getLong("entries"),
        row.getString("sha256"));
  }

  /** Closes the books; under the run lock, so that nothing is posted meanwhile. */
  @Transactional
  public ClosedPeriod close(
      LocalDate until, String closedBy, @Nullable String note, Instant closedAt) {
    // Should the run lock be lost unnoticed: nothing is posted meanwhile. What follows reads anew.
    jdbc.sql("select hold_journal()").query().singleRow();
    var digest = new JournalDigest(until);
    digest(List.of(digest));
    return jdbc.sql(
            """
            insert into closed_period (closing_id, until, closed_by, closed_at, note, entries, sha256, totals)
            values ((select coalesce(max(closing_id), 0) + 1 from closed_period), ?, ?, ?, ?, ?, ?, ({totals}))
            returning *
            """
                .replace("{totals}", TOTALS))
        .params(
            Arrays.asList(
                until,
                closedBy,
                closedAt.atOffset(ZoneOffset.UTC),
                note,
                digest.entries(),
                digest.sha256(),
                until))
        .query((row, n) -> read(row))
        .single();
  }

  /**
   * Marks what is closed beyond a day as opened by the run; if that is undone, it is closed again.
   */
  public void open(long runId, LocalDate until, String openedBy, String note, Instant openedAt) {
    jdbc.sql(
            """
            update closed_period set reopened_run = ?, reopened_by = ?, reopened_note = ?, reopened_at = ?
            where until > ? and reopened_run is null
            """)
        .params(runId, openedBy, note, openedAt.atOffset(ZoneOffset.UTC), until)
        .update();
  }

  /** Whether the run opens days that were closed. */
  boolean opens(long runId) {
    return jdbc.sql("select exists (select from closed_period where reopened_run = ?)")
        .param(runId)
        .query(Boolean.class)
        .single();
  }

  /** How many entries correct days of these and stand on later ones. */
  public long corrections(LocalDate after, LocalDate until) {
    return jdbc.sql(
            "select count(*) from journal where business_date > ? and business_date <= ? and posting_date > business_date")
        .params(after, until)
        .query(Long.class)
        .single();
  }

  /** Closings that are not what they were, as sentences; in a transaction. */
  public List<String> broken() {
    var digests = new LinkedHashMap<ClosedPeriod, JournalDigest>();
    all().forEach(closed -> digests.put(closed, new JournalDigest(closed.until())));
    digest(List.copyOf(digests.values()));
    var broken = new ArrayList<String>();
    digests.forEach(
        (closed, digest) -> {
          if (closed.entries() != digest.entries()
              || !closed.sha256().equals(digest.sha256())
              || !hasItsTotals(closed)) {
            broken.add(
                text(
                    "proof.books.closing",
                    closed.closingId(),
                    closed.until(),
                    closed.entries(),
                    digest.entries()));
          }
        });
    return broken;
  }

  private boolean hasItsTotals(ClosedPeriod closed) {
    return jdbc.sql(
            "select totals = (%s) from closed_period where closing_id = ?".formatted(TOTALS))
        .params(closed.until(), closed.closingId())
        .query(Boolean.class)
        .single();
  }

  /** In a transaction: the journal is read once, and is not in memory. */
  private void digest(List<JournalDigest> digests) {
    digests.stream()
        .map(JournalDigest::until)
        .max(LocalDate::compareTo)
        .ifPresent(
            last ->
                jdbc.sql(JournalDigest.ENTRIES)
                    .withFetchSize(ENTRIES_FETCHED)
                    .param(last)
                    .query(
                        row -> {
                          var day = JournalDigest.postingDate(row);
                          var entry = JournalDigest.entry(row);
                          digests.forEach(digest -> digest.add(day, entry));
                        }));
  }
}
