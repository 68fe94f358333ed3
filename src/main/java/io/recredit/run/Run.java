package io.recredit.run;

import static io.recredit.wording.Messages.text;

import io.recredit.allocation.Policies;
import io.recredit.input.RunInput;
import io.recredit.wording.Days;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;

/**
 * A run: what it reads and decides, by which policies.
 *
 * @param attempt which process works on it, counted from 1
 * @param madeBy the version of Recredit that began it
 * @param rulesVersion which rules decided in it
 */
public record Run(
    long runId,
    int attempt,
    String madeBy,
    int rulesVersion,
    Kind kind,
    LocalDate fromDate,
    LocalDate toDate,
    Instant startedAt,
    Policies policies,
    RunInput input) {

  /** The command that made it. */
  public enum Kind {
    NIGHTLY,
    RERUN,
    /** Reads no files: an accountant resolves exceptions. */
    RESOLUTION,
    /** Reads no files: somebody notes what was done about exceptions. */
    NOTE,
    /** Reads no files: posts what was decided before there was a journal. */
    MIGRATION,
    /** Reads no files: opens closed days again. */
    REOPENING,
    /** Reads no files: erases what could be personal of an order. */
    ERASURE,
    /** Reads no files: takes out what is old enough. */
    PRUNING;

    /** Whether it reads the days' files. */
    public boolean readsFiles() {
      return this == NIGHTLY || this == RERUN;
    }

    /** Whether its input stays what it made of it though the run does not finish. */
    boolean keepsItsInput() {
      return this == ERASURE || this == PRUNING;
    }

    /** As in the table and on the command line. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether the same command made it, for the same days; the files may be others by now. */
  public boolean isSame(Kind kind, LocalDate from, LocalDate to) {
    return this.kind == kind && fromDate.equals(from) && toDate.equals(to);
  }

  /** "nightly of 2026-11-20", "rerun of 2026-11-01 to 2026-11-20". */
  public String what() {
    return text("run.what", kind.word(), Days.range(fromDate, toDate));
  }
}
