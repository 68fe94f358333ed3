package io.recredit.wording;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a person must know, and can mend: the message says what is wrong, where, and what to do. It
 * is shown as it is, and the command ends with the exit code.
 */
public class UserException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /** Ends the command as failed: once the cause is gone, the same command carries on. */
  public UserException(String sentence) {
    this(sentence, ExitCode.FAILED);
  }

  public UserException(String sentence, int exitCode) {
    super(sentence);
    this.exitCode = exitCode;
  }

  public UserException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.exitCode = ExitCode.FAILED;
  }

  public final int exitCode() {
    return exitCode;
  }

  /** What may be said where nothing of what an order holds may stand. */
  public String withoutContent() {
    return getMessage();
  }

  @Override
  public final String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
