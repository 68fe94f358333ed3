package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.settings.Settings;
import io.recredit.status.Metrics;
import io.recredit.status.Status;
import io.recredit.status.StatusQueries;
import io.recredit.wording.ExitCode;
import io.recredit.wording.UserException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.beans.factory.BeanFactory;

/** What a command leaves of how it went, for whoever was not there: log lines and metrics. */
final class CommandEnd {

  private static final Logger LOG = LoggerFactory.getLogger(CommandEnd.class);

  private final Startup.Command command;
  private final Optional<MetricsFile> metrics;
  private @Nullable BeanFactory beans;
  private boolean isNoted;

  private CommandEnd(Startup.Command command, Optional<MetricsFile> metrics) {
    this.command = command;
    this.metrics = metrics;
  }

  /** {@link UserException} where the metrics have no place. */
  static CommandEnd of(Startup.Command command) {
    return new CommandEnd(command, command.runs() ? MetricsFile.given() : Optional.empty());
  }

  /** Everything is up. */
  void begins(BeanFactory context) {
    beans = context;
    var version = context.getBean(Settings.class).version();
    line(LOG.atInfo())
        .addKeyValue("recredit.version", version)
        .log("Recredit {}: {} begins", version, command.name());
  }

  void failed(UserException failure) {
    if (isNoted) {
      return;
    }
    try {
      if (beans == null) {
        EarlyLog.begin();
      }
      line(LOG.atError()).log("{} failed: {}", command.name(), failure.withoutContent());
    } catch (RuntimeException e) { // the failure itself was said, and is what matters
      Terminal.complain(text("app.end.not-noted", e));
    }
    ended(failure.exitCode());
  }

  void ended(int exitCode) {
    isNoted = true;
    try {
      line(LOG.atInfo())
          .addKeyValue("recredit.exit_code", exitCode)
          .log("{} ends with {}", command.name(), exitCode);
      if (exitCode != ExitCode.BUSY) { // whoever is at work says how that ends
        metrics.ifPresent(file -> write(file, exitCode));
      }
    } catch (RuntimeException e) {
      Terminal.complain(text("app.end.not-noted", e));
    }
  }

  private LoggingEventBuilder line(LoggingEventBuilder line) {
    return line.addKeyValue("recredit.command", command.name());
  }

  private void write(MetricsFile file, int exitCode) {
    var end = command.isNight() ? new Metrics.End(exitCode, Clock.systemUTC().instant()) : null;
    file.write(end, status());
  }

  /** Null where the database cannot be asked. */
  private @Nullable Status status() {
    if (beans == null) {
      return null;
    }
    try {
      return beans.getBean(StatusQueries.class).status(null, Duration.ZERO);
    } catch (RuntimeException e) { // as why the command failed, which was said
      LOG.debug("How things stand could not be looked up", e);
      return null;
    }
  }
}
