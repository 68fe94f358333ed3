package io.recredit.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes reports. */
@Service
public class Reports {

  private final JdbcClient jdbc;
  private final ReportedRuns scopes;
  private final Register register;
  private final TransactionTemplate reading;
  private final TransactionTemplate entering;

  Reports(
      JdbcClient jdbc,
      ReportedRuns scopes,
      Register register,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.scopes = scopes;
    this.register = register;
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

  private record Content(Overview overview, List<WrittenFile> files) {}

  /**
   * All files or none; {@link UserException} says why none.
   *
   * @param writtenBy for the register
   */
  public Written write(
      ReportRequest request, Path output, String writtenBy, ReportWatcher watcher) {
    try (var folder = OutputFolder.at(output)) {
      folder.mustNotHoldOthersWork(ReportFiles.NAMES, register::knows);
      var content =
          Objects.requireNonNull(reading.execute(status -> read(request, folder, watcher)));
      var reportId = entering.execute(status -> enter(content, writtenBy, folder));
      return new Written(
          Objects.requireNonNull(reportId), content.files(), ReportLines.of(content.overview()));
    }
  }

  private Content read(ReportRequest request, OutputFolder folder, ReportWatcher watcher) {
    var scope = scopes.of(request);
    scopes.show(scope);
    var questions = new ReportQueries(jdbc, scope);
    var overview = new OverviewQueries(questions).read();
    scopes.mustKnow(overview);
    try {
      var files = new ReportFiles(folder, questions, overview, watcher);
      var tables = files.tables();
      return new Content(
          overview, Stream.concat(Stream.of(files.page(tables)), tables.stream()).toList());
    } catch (IOException | UncheckedIOException e) {
      throw folder.cannotWrite(e);
    }
  }

  /** In the register only with its files, and the files only in the register. */
  private long enter(Content content, String writtenBy, OutputFolder folder) {
    var reportId = register.enter(content.overview().scope(), writtenBy, content.files());
    try {
      folder.finish(content.files());
      return reportId;
    } catch (IOException e) {
      throw folder.cannotWrite(e);
    }
  }
}
