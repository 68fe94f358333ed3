package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.settings.Settings;
import io.recredit.status.StatusJson;
import io.recredit.status.StatusQueries;
import io.recredit.status.StatusText;
import io.recredit.wording.ExitCode;
import io.recredit.wording.UserException;
import java.time.Duration;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how things stand, and ends with a code of its own where something needs somebody. */
@Command(
    name = "status",
    description = {
      "Says how things stand: the last run, days missing, files that changed, open exceptions, what is unusual.",
      "Ends with 7 where something needs somebody. Reads only."
    })
final class StatusCommand extends DatabaseCommand {

  @Option(
      names = "--max-age",
      paramLabel = "AGE",
      defaultValue = "30h",
      description = "How old the last run may be, such as 30h or 2d. Default: 30h.")
  private String maxAge = "";

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  @Mixin private final InputOption input = new InputOption();

  @Override
  void checkCommandLine() {
    maxAge();
  }

  @Override
  boolean readsOnly() {
    return true;
  }

  @Override
  public Integer call() {
    if (Startup.hasNoDatabase()) {
      checkCommandLine();
      return noTables(text("app.status.no-database"));
    }
    return super.call();
  }

  @Override
  Role role() {
    return Role.READER;
  }

  @Override
  int run(BeanFactory beans) {
    var queries = beans.getBean(StatusQueries.class);
    var version = queries.tablesVersion();
    if (version.filter(tables -> tables == Tables.version()).isEmpty()) {
      if (version.filter(tables -> tables > Tables.version()).isPresent()) {
        throw new UserException(text("run.failed.other-version"));
      }
      return noTables(text("app.status.no-tables", beans.getBean(Settings.class).version()));
    }
    var status = queries.status(input.folder(), maxAge());
    if (json) {
      Terminal.say(StatusJson.of(status));
    } else {
      Terminal.say(StatusText.of(status, input.folder()));
    }
    return status.needs().isEmpty() ? ExitCode.DONE : ExitCode.NEEDS_SOMEBODY;
  }

  private int noTables(String sentence) {
    Terminal.say(json ? "{\"needs\":[\"no_tables\"]}" : sentence);
    return ExitCode.NEEDS_SOMEBODY;
  }

  private Duration maxAge() {
    try {
      var age = DurationStyle.detectAndParse(maxAge);
      if (!age.isNegative() && !age.isZero()) {
        return age;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw wrong(text("app.status.max-age", maxAge));
  }
}
