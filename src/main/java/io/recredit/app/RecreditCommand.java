package io.recredit.app;

import static io.recredit.wording.Messages.text;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The program; its commands do the work. */
@Command(
    name = "recredit",
    description = "Works out which Klarna invoice each refund belongs on.",
    mixinStandardHelpOptions = true,
    versionProvider = RecreditCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PullCommand.class,
      NightlyCommand.class,
      RerunCommand.class,
      ResolveCommand.class,
      NoteCommand.class,
      PolicyCommand.class,
      CloseCommand.class,
      ExportCommand.class,
      EraseCommand.class,
      PruneCommand.class,
      ProveCommand.class,
      ReportCommand.class,
      ExplainCommand.class,
      CheckCommand.class,
      StatusCommand.class,
      MigrateCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      DbCommand.class
    },
    footer = {
      "",
      "Exit codes:",
      "  0  done",
      "  1  failed; once the cause is gone, the same command carries on",
      "  2  the command line is wrong",
      "  3  done, but some input records were rejected, or some orders could not be had",
      "  4  another run is at work on this database, or another pull on this folder; nothing was done",
      "  5  check: the refund would not be allocated",
      "  6  done, but days are missing",
      "  7  status: something needs somebody",
      "  130, 143  stopped by Ctrl-C, SIGTERM before it did anything"
    })
final class RecreditCommand implements Runnable {

  private static final LocalDate FIRST_DAY = LocalDate.of(0, 12, 31);
  private static final LocalDate LAST_DAY = LocalDate.of(10_000, 1, 1);

  @Spec private CommandSpec spec;

  /** The exit code of a command line. */
  static int execute(String... args) {
    return new CommandLine(new RecreditCommand())
        .registerConverter(LocalDate.class, RecreditCommand::date)
        .registerConverter(DayRange.class, value -> DayRange.of(value, RecreditCommand::date))
        .registerConverter(Long.class, RecreditCommand::number)
        .setExecutionExceptionHandler((failure, command, parsed) -> Startup.failed(failure))
        .execute(args);
  }

  private static LocalDate date(String value) {
    try {
      var day = LocalDate.parse(value);
      if (!day.isBefore(FIRST_DAY) && !day.isAfter(LAST_DAY)) {
        return day;
      }
    } catch (DateTimeParseException e) {
      // said below, as of a day that no time zone can make of a time in the years 1 to 9999
    }
    throw new TypeConversionException(text("app.option.no-day", value));
  }

  private static Long number(String value) {
    try {
      return Long.valueOf(value);
    } catch (NumberFormatException e) {
      throw new TypeConversionException(text("app.option.no-number", value));
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), text("app.no-command"));
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "Recredit " + RecreditApplication.class.getPackage().getImplementationVersion()
      };
    }
  }
}
