package io.recredit.app;

import io.recredit.report.DateBasis;
import io.recredit.report.ReportRequest;
import io.recredit.report.ReportWatcher;
import io.recredit.report.Reports;
import io.recredit.run.Progress;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes a report for accountants. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a report on a range of days: a page to read and print, a spreadsheet, the same as CSV.",
      "Shows finished runs; can be used while a run is at work."
    })
final class ReportCommand implements Callable<Integer> {

  @Option(
      names = "--from",
      required = true,
      paramLabel = "YYYY-MM-DD",
      description = "The first day.")
  private LocalDate from;

  @Option(names = "--to", required = true, paramLabel = "YYYY-MM-DD", description = "The last day.")
  private LocalDate to;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "The folder for the files; it is made where there is none.")
  private Path output;

  @Option(
      names = "--by",
      paramLabel = "business|decided",
      description =
          "The day of a refund that counts: its business date (default), or the day on which it was decided.")
  private String by = "business";

  @Option(
      names = "--as-of",
      paramLabel = "RUN",
      description = "Shows everything as it was after this run. Default: the last finished one.")
  private @Nullable Long asOf;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (to.isBefore(from)) {
      throw new ParameterException(
          spec.commandLine(), "--to %s is before --from %s.".formatted(to, from));
    }
    var request = new ReportRequest(from, to, basis(), asOf);
    return Startup.with(
        context -> {
          var written =
              context
                  .getBean(Reports.class)
                  .write(
                      request,
                      output,
                      System.getProperty("user.name"),
                      watcher(context.getBean(Progress.class)));
          written.lines().forEach(Terminal::say);
          Terminal.say("");
          Terminal.say(
              "Report %d is in %s: open report.html, or reconciliation.xlsx; the same tables are there as CSV."
                  .formatted(written.reportId(), output));
          Terminal.say(
              "Its files and their SHA-256: select * from recredit.report_register where report_id = %d;"
                  .formatted(written.reportId()));
          return ExitCode.DONE;
        });
  }

  private DateBasis basis() {
    return switch (by) {
      case "business" -> DateBasis.BUSINESS_DATE;
      case "decided" -> DateBasis.DECIDED_ON;
      default ->
          throw new ParameterException(
              spec.commandLine(), "--by is one of business, decided, not '%s'.".formatted(by));
    };
  }

  private static ReportWatcher watcher(Progress progress) {
    return new ReportWatcher() {
      @Override
      public void begin(String what, long rows) {
        progress.begin(what, Progress.Unit.ROWS, rows);
      }

      @Override
      public void written(long rows) {
        progress.advance(rows);
      }

      @Override
      public void end() {
        progress.end();
      }
    };
  }
}
