package io.recredit.app;

/** SPEC part 4; picocli itself ends with 2 where the command line is wrong. */
final class ExitCode {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int DONE_WITH_REJECTED = 3;
  static final int BUSY = 4;

  private ExitCode() {}
}
