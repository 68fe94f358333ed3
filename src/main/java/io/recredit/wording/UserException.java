package io.recredit.wording;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a person must know, and can mend: the message says what is wrong, where, and what to do. It
 * is shown as it is, and the command ends with the exit code.
 */
public final class UserException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int FAILED = 1;

  private final int exitCode;

  /** Ends the command as failed: once the cause is gone, the same command carries on. */
  public UserException(String sentence) {
    this(sentence, FAILED);
  }

  public UserException(String sentence, int exitCode) {
    super(sentence);
    this.exitCode = exitCode;
  }

  public UserException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.exitCode = FAILED;
  }

  /** Of a failure that other code has wrapped; null where none of its causes is such a sentence. */
  public static @Nullable UserException in(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserException known) {
        return known;
      }
    }
    return null;
  }

  public int exitCode() {
    return exitCode;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
