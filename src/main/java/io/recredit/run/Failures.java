package io.recredit.run;

import io.recredit.wording.UserException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What went wrong, as sentences for a person: what happened, and what to do. */
public final class Failures {

  static final String STOPPED = "The run was stopped. The same command carries it on.";

  private static final int MOST_CAUSES = 20;
  private static final String CANCELLED = "57014";

  private Failures() {}

  public static String sentence(Throwable failure) {
    return sentence(List.of(failure));
  }

  /** Of several, the first that says what happened; some only say that something did. */
  static String sentence(List<Throwable> failures) {
    return failures.stream()
        .map(Failures::said)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseGet(
            () ->
                "Something unexpected went wrong: %s. %s"
                    .formatted(
                        failures.stream().map(String::valueOf).collect(Collectors.joining("; ")),
                        seeLog()));
  }

  private static @Nullable String said(Throwable failure) {
    @Nullable Throwable cause = failure;
    for (var i = 0; cause != null && i < MOST_CAUSES; i++) {
      if (cause instanceof UserException) {
        return String.valueOf(cause.getMessage());
      }
      if (cause instanceof SQLException sql) {
        return sentence(sql);
      }
      if (cause instanceof OutOfMemoryError) {
        return "There was not enough memory. Give it more, such as RECREDIT_JAVA_OPTS=-Xmx1g, and run the same command again.";
      }
      cause = cause.getCause();
    }
    return null;
  }

  /** The launcher names the log file. */
  static String seeLog() {
    var file = System.getProperty("logging.file.name");
    return file == null ? "There is no log file." : "The log says more: " + file;
  }

  /** By the class of SQLSTATE, the first two characters, and a few states of their own. */
  private static String sentence(SQLException failure) {
    // Without a state it is not the server that speaks but the pool, of a connection that was lost.
    var state = Objects.requireNonNullElse(failure.getSQLState(), "08");
    var said = String.valueOf(failure.getMessage()).lines().findFirst().orElse("").strip();
    if (state.equals(CANCELLED)) {
      return "A statement was cancelled, by a signal or by the database's statement_timeout. The same command carries the run on.";
    }
    var happened =
        switch (state) {
          case "53100" -> "The database's disk is full. Make room on it";
          case "3D000" ->
              "The database does not exist. Create it, or correct SPRING_DATASOURCE_URL";
          case "42501" -> "The database user may not do this. Give it the right";
          case "57P01", "57P02", "57P03" ->
              "The database was shut down. Start it (Recredit's own needs no help)";
          default ->
              switch (state.substring(0, Math.min(2, state.length()))) {
                case "08" ->
                    "The database cannot be reached. Start it, or correct SPRING_DATASOURCE_URL (Recredit's own needs neither)";
                case "28" ->
                    "The database refused the login. Correct SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD";
                default ->
                    "The database refused a statement (%s). Correct what it complains of"
                        .formatted(seeLog());
              };
        };
    return "%s, and run the same command again. It says: %s".formatted(happened, said);
  }
}
