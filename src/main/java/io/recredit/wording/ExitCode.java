package io.recredit.wording;

/** How a command ends, as scripts see it. A wrong command line ends with 2, which is picocli's. */
public final class ExitCode {

  public static final int DONE = 0;

  /** Or refused; once the cause is gone, the same command carries on and finishes it. */
  public static final int FAILED = 1;

  /** Some lines of the input were rejected. */
  public static final int DONE_WITH_REJECTED = 3;

  /** Another run is at work on this database; nothing was done. */
  public static final int BUSY = 4;

  /** {@code check}: the refund would not be allocated. */
  public static final int NOT_ALLOCATED = 5;

  private ExitCode() {}
}
