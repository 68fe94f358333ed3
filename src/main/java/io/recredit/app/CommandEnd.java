package io.recredit.app;

import io.recredit.settings.Settings;
import io.recredit.status.StatusQueries;
import io.recredit.wording.UserException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;

/** What a command leaves of how it went, for whoever was not there: log lines and metrics. */
final class CommandEnd {

  private static final Logger LOG = LoggerFactory.getLogger(CommandEnd.class);

  private final String command;
  private final Optional<MetricsFile> metrics;
  private @Nullable BeanFactory beans;

  private CommandEnd(String command, Optional<MetricsFile> metrics) {
    this.command = command;
    this.metrics = metrics;
  }

  static CommandEnd of(Startup.Command command) {
    return new CommandEnd(command.name(), command.runs() ? MetricsFile.given() : Optional.empty());
  }

  /** Everything is up. */
  void begins(BeanFactory context) {
    beans = context;
    var version = context.getBean(Settings.class).version();
    LOG.atInfo()
        .addKeyValue("recredit.command", command)
        .addKeyValue("recredit.version", version)
        .log("Recredit {}: {} begins", version, command);
  }

  void failed(UserException failure) {
    if (beans == null) {
      EarlyLog.begin();
    }
    LOG.atError()
        .addKeyValue("recredit.command", command)
        .log("{} failed: {}", command, failure.getMessage());
    ended(failure.exitCode());
  }

  void ended(int exitCode) {
    LOG.atInfo()
        .addKeyValue("recredit.command", command)
        .addKeyValue("recredit.exit_code", exitCode)
        .log("{} ends with {}", command, exitCode);
    metrics.ifPresent(file -> write(file, exitCode));
  }

  private void write(MetricsFile file, int exitCode) {
    var now = Clock.systemUTC().instant();
    if (beans != null) {
      try {
        file.write(beans.getBean(StatusQueries.class).status(null, Duration.ZERO), exitCode, now);
        return;
      } catch (RuntimeException e) { // as why the command failed, which was said
        LOG.debug("How things stand could not be looked up", e);
      }
    }
    file.writeEnd(exitCode, now);
  }
}
