package io.recredit.feed;

import io.recredit.wording.UserException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** The feed cannot be read. The message says what is wrong, where, and what to do about it. */
public final class FeedFaults {

  private FeedFaults() {}

  static UserException unreadable(Path path, IOException cause) {
    return new UserException(
        "The file %s could not be read: %s. Correct that, then run the same command again."
            .formatted(path, reason(cause)),
        cause);
  }

  static UserException gzipEndsTooEarly(Path path, IOException cause) {
    return new UserException(
        "The file %s ends in the middle of its compressed data. Deliver it again in full, then run the same command again."
            .formatted(path),
        cause);
  }

  static UserException gzipDamaged(Path path, Exception cause) {
    return new UserException(
        "The file %s is not a sound gzip file: its data is empty, damaged, cut off or followed by something else. Deliver it again, then run the same command again."
            .formatted(path),
        cause);
  }

  /** The bytes read are not those that the file held when the run began. */
  public static UserException changedMeanwhile(FeedFile file) {
    return new UserException(
        "The file %s changed while it was read. Wait until it is delivered whole, then run the same command again."
            .formatted(file.path()));
  }

  private static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "it is not there";
    }
    if (cause instanceof AccessDeniedException) {
      return "this user may not read it";
    }
    return Objects.requireNonNullElse(cause.getMessage(), "the system names no reason");
  }
}
