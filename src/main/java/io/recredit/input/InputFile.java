package io.recredit.input;

import io.recredit.feed.FeedFile;
import io.recredit.feed.FeedKind;
import java.time.LocalDate;

/**
 * A file of a run, with what it held when the run began.
 *
 * @param reading what the run does with it
 */
public record InputFile(FeedFile file, String sha256, Reading reading) {

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
}
