package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.report.Reports;
import io.recredit.report.content.DateBasis;
import io.recredit.report.content.ReportRequest;
import io.recredit.run.Progress;
import io.recredit.table.CsvStyle;
import io.recredit.wording.ExitCode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a report for accountants. */
@Command(
    name = "report",
    description = {
      "Writes a report on a range of days: a page to read and print, a spreadsheet, the same as CSV.",
      "Shows finished runs; can be used while a run is at work."
    })
final class ReportCommand extends DatabaseCommand {

  @Mixin private final DaysOption days = new DaysOption();

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "The folder for the files; it is made where there is none.")
  private Path output;

  @Option(
      names = "--by",
      paramLabel = "business|posted",
      description =
          "The refunds of these days by their business date (default), or what was posted in the books of these days.")
  private String by = "business";

  @Option(
      names = "--as-of",
      paramLabel = "RUN",
      description = "Shows everything as it was after this run. Default: the last finished one.")
  private @Nullable Long asOf;

  @Option(
      names = "--csv",
      paramLabel = "excel",
      description = {
        "excel: the CSV files as a spreadsheet program opens them where decimals have a comma, with",
        "semicolons, decimal commas and a byte order mark. Default: commas and decimal points."
      })
  private @Nullable String csv;

  @Override
  void checkCommandLine() {
    days.check();
    if (csv != null && !csv.equals("excel")) {
      throw wrong(text("app.option.one-of", "--csv", "excel", csv));
    }
    basis();
  }

  @Override
  Role role() {
    return Role.READER;
  }

  @Override
  int run(BeanFactory beans) {
    var written =
        beans
            .getBean(Reports.class)
            .write(
                new ReportRequest(days.from(), days.to(), basis(), asOf),
                output,
                csv == null ? CsvStyle.PLAIN : CsvStyle.EXCEL,
                System.getProperty("user.name"),
                beans.getBean(Progress.class));
    Terminal.say(written.lines());
    Terminal.say("");
    Terminal.say(text("app.report.written", written.reportId(), output));
    Terminal.say(text("app.report.register", written.reportId()));
    return ExitCode.DONE;
  }

  private DateBasis basis() {
    return switch (by) {
      case "business" -> DateBasis.BUSINESS_DATE;
      case "posted" -> DateBasis.POSTING_DATE;
      default -> throw wrong(text("app.option.one-of", "--by", "business, posted", by));
    };
  }
}
