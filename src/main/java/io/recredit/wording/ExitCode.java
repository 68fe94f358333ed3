package io.recredit.wording;

/** How a command ends, as scripts see it. */
public final class ExitCode {

  public static final int DONE = 0;

  /** Or refused; once the cause is gone, the same command carries on and finishes it. */
  public static final int FAILED = 1;

  /** As picocli ends a command line that it cannot read. */
  public static final int WRONG_COMMAND_LINE = 2;

  /** Some lines of the input were rejected. */
  public static final int DONE_WITH_REJECTED = 3;

  /** Another run is at work on this database; nothing was done. */
  public static final int BUSY = 4;

  /** {@code check}: the refund would not be allocated. */
  public static final int NOT_ALLOCATED = 5;

  /** Some days have no files and were never read, or files that cannot be read. */
  public static final int DAYS_MISSING = 6;

  /** {@code status}: something needs somebody. */
  public static final int NEEDS_SOMEBODY = 7;

  private ExitCode() {}
}
