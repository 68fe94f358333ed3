package io.recredit.app;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The folder of the files. */
final class InputOption {

  private static final String INPUT_VARIABLE = "RECREDIT_INPUT";
  private static final String DEFAULT_INPUT = "input";

  /** The launcher sets it to the folder that jobs/ is in, where nobody else has set it. */
  private static final String HOME_VARIABLE = "RECREDIT_HOME";

  @Option(
      names = "--input",
      paramLabel = "DIR",
      description = "The folder of the files. Default: RECREDIT_INPUT, else input/ beside jobs/.")
  private @Nullable Path input;

  boolean isNamed() {
    return input != null || System.getenv(INPUT_VARIABLE) != null;
  }

  Path folder() {
    if (input != null) {
      return input;
    }
    var set = System.getenv(INPUT_VARIABLE);
    if (set != null) {
      return Path.of(set);
    }
    return Path.of(Objects.requireNonNullElse(System.getenv(HOME_VARIABLE), ""), DEFAULT_INPUT);
  }
}
