package io.recredit.report.content;

import static io.recredit.wording.Messages.text;

import io.recredit.postgres.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whose books a report is of, and whether they are closed for its days.
 *
 * @param company null where nobody said its name
 * @param closing the closing that the days belong to; null where they are not all closed
 * @param isOver whether the days were over when the run that is shown was
 */
public record BooksOfDays(@Nullable String company, @Nullable Closing closing, boolean isOver) {

  /** In UTC, whatever the time zone of business dates becomes. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /**
   * A closing that holds.
   *
   * @param sha256 over the journal's entries up to its day
   */
  public record Closing(
      long closingId, LocalDate until, String closedBy, Instant closedAt, String sha256) {

    private static Closing read(ResultSet row) throws SQLException {
      return new Closing(
          row.getLong("closing_id"),
          Objects.requireNonNull(row.getObject("until", LocalDate.class)),
          row.getString("closed_by"),
          Rows.time(row, "closed_at"),
          row.getString("sha256"));
    }
  }

  /** As they are now; no closing where the report shows less than what was closed. */
  public static BooksOfDays of(ReportQueries queries, @Nullable String company) {
    var reported = queries.reported();
    var closing =
        queries
            .ask(
                """
                select closing_id, until, closed_by, closed_at, sha256
                from recredit.closed_period
                where reopened_run is null and until >= :to
                  and entries = (select count(*) from recredit.journal j where j.posting_date <= until)
                order by until
                limit 1
                """)
            .query((row, n) -> Closing.read(row))
            .optional()
            .orElse(null);
    var isOver = reported.request().to().isBefore(reported.shownOn());
    return new BooksOfDays(company, closing, isOver);
  }

  /**
   * "closed up to 2026-11-30 by Karin on 2026-12-04 08:12:00 UTC (closing 1)", or that they are
   * not.
   */
  public String words() {
    if (closing != null) {
      return text(
          "report.books.closed",
          closing.until(),
          closing.closedBy(),
          TIME.format(closing.closedAt()),
          closing.closingId());
    }
    return isOver ? text("report.books.open") : text("report.books.not-over");
  }
}
