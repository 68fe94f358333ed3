package io.recredit.app;

import io.recredit.run.RunResult;

/** SPEC part 4; picocli itself ends with 2 where the command line is wrong. */
final class ExitCode {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int DONE_WITH_REJECTED = 3;
  static final int BUSY = 4;
  static final int NOT_ALLOCATED = 5;

  private ExitCode() {}

  /** Says why nothing more was done. */
  static int ofUnfinished(RunResult result) {
    if (result instanceof RunResult.Busy busy) {
      Terminal.complain(busy.sentence());
      return BUSY;
    }
    Terminal.complain(((RunResult.Failed) result).sentence());
    return FAILED;
  }
}
