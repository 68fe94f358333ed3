package io.recredit.input;

import io.recredit.feed.FeedFile;
import io.recredit.feed.FeedKind;
import io.recredit.feed.FileStamp;
import java.time.LocalDate;

/**
 * A file of a run, with what it held when the run began.
 *
 * @param stamp what tells later, without reading it, whether it is still the same
 * @param reading what the run does with it
 */
public record InputFile(FeedFile file, FileStamp stamp, String sha256, Reading reading) {

  /** Which reading of a day's file it is. */
  public enum Reading {
    /** Nothing of it is in the tables. */
    FIRST,
    /** It changed since its last reading: the two are compared. */
    AGAIN,
    /** It is as its last reading found it: there is nothing to read. */
    NONE
  }

  public FeedKind kind() {
    return file.kind();
  }

  /** The day in its name. */
  public LocalDate date() {
    return file.date();
  }

  /** Without its folder. */
  public String name() {
    return file.name();
  }

  /** Whether it is read in the same way from the same bytes, whatever its time says. */
  public boolean isSame(InputFile other) {
    return file.equals(other.file) && sha256.equals(other.sha256) && reading == other.reading;
  }
}
