package io.recredit.report;

import io.recredit.report.content.BooksOfDays;
import io.recredit.report.content.DateBasis;
import io.recredit.report.content.OverviewQueries;
import io.recredit.report.content.PostedQueries;
import io.recredit.report.content.ReportQueries;
import io.recredit.report.content.ReportRequest;
import io.recredit.report.content.ReportedRuns;
import io.recredit.report.content.WrittenFile;
import io.recredit.run.Progress;
import io.recredit.settings.Settings;
import io.recredit.table.CsvStyle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes reports. */
@Service
public class Reports {

  private final JdbcClient jdbc;
  private final ReportedRuns runs;
  private final Register register;
  private final @Nullable String company;
  private final TransactionTemplate reading;
  private final TransactionTemplate entering;

  Reports(
      JdbcClient jdbc,
      ReportedRuns runs,
      Register register,
      Settings settings,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.runs = runs;
    this.register = register;
    this.company = settings.companyName();
    // One snapshot, so that everything agrees, be it that a run finishes meanwhile; and without a
    // transaction the driver would read whole tables into memory.
    reading = new TransactionTemplate(transactions);
    reading.setReadOnly(true);
    reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    entering = new TransactionTemplate(transactions);
  }

  /**
   * A report that was written.
   *
   * @param reportId its number in the register
   * @param lines what it comes to, for the terminal
   */
  public record Written(long reportId, List<WrittenFile> files, List<String> lines) {}

  private record Unnamed(ReportContent content, List<WrittenFile> files) {}

  /**
   * All files or none; {@link io.recredit.wording.UserException} says why none.
   *
   * @param writtenBy for the register
   */
  public Written write(
      ReportRequest request, Path output, CsvStyle style, String writtenBy, Progress progress) {
    try (var folder = OutputFolder.at(output)) {
      var written =
          Objects.requireNonNull(reading.execute(status -> read(request, folder, style, progress)));
      var reportId = enter(written, writtenBy, folder);
      return new Written(reportId, written.files(), written.content().lines());
    }
  }

  private Unnamed read(
      ReportRequest request, OutputFolder folder, CsvStyle style, Progress progress) {
    var reported = runs.of(request);
    runs.show(reported);
    var queries = new ReportQueries(jdbc, reported);
    var content = content(queries);
    folder.mustNotHoldOthersWork(ReportFiles.names(content), register::knows);
    try {
      var files = new ReportFiles(folder, queries, content, style, progress);
      var tables = files.tables();
      return new Unnamed(
          content, Stream.concat(tables.stream(), Stream.of(files.page(tables))).toList());
    } catch (IOException | UncheckedIOException e) {
      throw folder.cannotWrite(e);
    }
  }

  private ReportContent content(ReportQueries queries) {
    var books = BooksOfDays.of(queries, company);
    if (queries.reported().request().basis() == DateBasis.POSTING_DATE) {
      var posted = new PostedQueries(queries).read();
      runs.mustKnow(queries, posted.entries() > 0);
      return new PostedReport(queries.reported(), posted, books);
    }
    var overview = new OverviewQueries(queries).read();
    runs.mustKnow(queries, !overview.days().isEmpty());
    return new RefundsReport(overview, books);
  }

  /**
   * The register knows the files before they have their names: one that is ended between leaves no
   * file behind that no register knows, and a report that says of itself that it is not whole.
   */
  private long enter(Unnamed written, String writtenBy, OutputFolder folder) {
    long reportId =
        Objects.requireNonNull(
            entering.execute(
                status ->
                    register.enter(written.content().reported(), writtenBy, written.files())));
    try {
      folder.finish(written.files());
    } catch (IOException e) {
      throw folder.cannotWrite(e);
    }
    register.complete(reportId);
    return reportId;
  }
}
