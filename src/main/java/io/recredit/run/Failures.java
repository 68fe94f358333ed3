package io.recredit.run;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;

/** What went wrong, as sentences for a person: what happened, and what to do. */
public final class Failures {

  private static final int MOST_CAUSES = 20;
  private static final String CANCELLED = "57014";
  private static final String CANNOT_CONNECT = "08001";

  private Failures() {}

  /** What is to be said of a failure, with the exit code that it ends a command with. */
  public static UserException of(Throwable failure) {
    return of(List.of(failure));
  }

  /**
   * The same, of a command that knows where its database is.
   *
   * @param address to be named where it cannot be reached; null for Recredit's own
   */
  public static UserException of(Throwable failure, @Nullable String address) {
    var unreachable = address == null ? null : unreachable(failure);
    return unreachable == null
        ? of(failure)
        : new UserException(
            text("run.database.out-of-reach-at", address, said(unreachable)), failure);
  }

  /** Empty too where a sentence of our own says what happened. */
  private static @Nullable SQLException unreachable(Throwable failure) {
    return Stream.<@Nullable Throwable>iterate(failure, Objects::nonNull, Failures::causeOf)
        .limit(MOST_CAUSES)
        .takeWhile(cause -> !(cause instanceof UserException))
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .filter(sql -> CANNOT_CONNECT.equals(sql.getSQLState()))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Throwable causeOf(@Nullable Throwable failure) {
    return failure == null ? null : failure.getCause();
  }

  /** Of several, the first that says what happened; some only say that something did. */
  static UserException of(List<Throwable> failures) {
    return failures.stream()
        .map(Failures::known)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseGet(() -> unexpected(failures));
  }

  private static UserException unexpected(List<Throwable> failures) {
    var said = failures.stream().map(String::valueOf).collect(Collectors.joining("; "));
    return new UserException(text("run.failed.unexpected", said, seeLog()), failures.get(0));
  }

  private static @Nullable UserException known(Throwable failure) {
    @Nullable Throwable cause = failure;
    for (var i = 0; cause != null && i < MOST_CAUSES; i++) {
      if (cause instanceof UserException sentence) {
        return sentence;
      }
      if (cause instanceof SQLException sql) {
        return new UserException(sentence(sql), failure);
      }
      if (cause instanceof FlywayValidateException) {
        return new UserException(text("run.failed.other-version"), failure);
      }
      if (cause instanceof BindException wrong && !isSaidBelow(wrong)) {
        return new UserException(wrongSetting(wrong), failure);
      }
      if (cause instanceof OutOfMemoryError) {
        return new UserException(text("run.failed.memory"), failure);
      }
      cause = cause.getCause();
    }
    return null;
  }

  /** The launcher names the log file. */
  static String seeLog() {
    var file = System.getProperty("logging.file.name");
    return file == null ? text("run.log.none") : text("run.log", file);
  }

  /** By the class of SQLSTATE, the first two characters, and a few states of their own. */
  private static String sentence(SQLException failure) {
    // Without a state it is not the server that speaks but the pool, of a connection that was lost.
    var state = Objects.requireNonNullElse(failure.getSQLState(), "08");
    if (state.equals(CANCELLED)) {
      return text("run.failed.cancelled");
    }
    var happened =
        switch (state) {
          case "53100" -> text("run.database.disk-full");
          case "3D000" -> text("run.database.none");
          case "42501" -> text("run.database.no-right");
          case "57P01", "57P02", "57P03" -> text("run.database.shut-down");
          default ->
              switch (state.substring(0, Math.min(2, state.length()))) {
                case "08" -> text("run.database.out-of-reach");
                case "28" -> text("run.database.login");
                default -> text("run.database.refused", seeLog());
              };
        };
    return text("run.failed.database", happened, said(failure));
  }

  private static String said(SQLException failure) {
    if (failure.getCause() instanceof UnknownHostException unknown) {
      return text("run.database.unknown-host", unknown.getMessage());
    }
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("").strip();
  }

  private static boolean isSaidBelow(Throwable failure) {
    return Stream.iterate(failure.getCause(), Objects::nonNull, Throwable::getCause)
        .limit(MOST_CAUSES)
        .anyMatch(UserException.class::isInstance);
  }

  private static String wrongSetting(BindException wrong) {
    var property = wrong.getProperty();
    return property == null
        ? text("run.failed.setting", wrong.getName())
        : text("run.failed.setting-value", wrong.getName(), property.getValue());
  }
}
