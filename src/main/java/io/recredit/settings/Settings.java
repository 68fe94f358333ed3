package io.recredit.settings;

import io.recredit.wording.Messages;
import io.recredit.wording.UserException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Recredit's settings. They are checked here and not by Jakarta Validation, whose library would
 * take part of every start for one number.
 *
 * @param version the program's; set by the build
 * @param threads how many threads read, decide and prove side by side; 0, the default, is as many
 *     as there are processors, at most 8
 */
@ConfigurationProperties("recredit")
public record Settings(String version, @DefaultValue("0") int threads) {

  /** Each holds a connection, of the pool's 12 in application.yaml. */
  private static final int MOST_THREADS = 8;

  public Settings {
    if (threads < 0 || threads > MOST_THREADS) {
      throw new UserException(Messages.text("settings.threads", threads, MOST_THREADS));
    }
    if (threads == 0) {
      threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    }
  }
}
