package io.recredit.store;

import io.recredit.allocation.Policies;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * A run: what it reads and decides, by which policies.
 *
 * @param attempt which process works on it, counted from 1
 * @param madeBy the version of Recredit that began it
 * @param withdraw whether it is meant that many records are gone from a file
 */
public record Run(
    long runId,
    int attempt,
    String madeBy,
    Kind kind,
    LocalDate fromDate,
    LocalDate toDate,
    Instant startedAt,
    Policies policies,
    boolean withdraw,
    List<InputFile> files) {

  /** The command that made it. */
  public enum Kind {
    NIGHTLY,
    RERUN,
    /** Reads no files: an accountant resolves exceptions. */
    RESOLUTION;

    /** As in the table and on the command line. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which reading of a day's file it is. */
  public enum Reading {
    /** Nothing of it is in the tables. */
    FIRST,
    /** It changed since its last reading: the two are compared. */
    AGAIN,
    /** It is as its last reading found it: there is nothing to read. */
    NONE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A file of the run, with what it held when the run began.
   *
   * @param reading what the run does with it
   */
  public record InputFile(
      InputTable table, LocalDate date, String path, String sha256, Reading reading) {

    /** The file, without its folder. */
    public String name() {
      return String.valueOf(Path.of(path).getFileName());
    }
  }

  /** The files of a kind that are not as they were, by day. */
  public List<InputFile> filesToRead(InputTable table) {
    return files.stream()
        .filter(file -> file.table() == table && file.reading() != Reading.NONE)
        .toList();
  }

  /** Whether it is what the same command would do again, over the very same files. */
  public boolean isSame(Kind kind, LocalDate from, LocalDate to) {
    return this.kind == kind && fromDate.equals(from) && toDate.equals(to);
  }

  /** "nightly of 2026-11-20", "rerun of 2026-11-01 to 2026-11-20". */
  public String what() {
    return fromDate.equals(toDate)
        ? kind.word() + " of " + fromDate
        : kind.word() + " of " + fromDate + " to " + toDate;
  }
}
