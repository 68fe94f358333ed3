package io.recredit.feed;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** The feed cannot be read. The message says what is wrong, where, and what to do about it. */
public final class FeedException extends RuntimeException {

  FeedException(String message) {
    super(message);
  }

  private FeedException(String message, Throwable cause) {
    super(message, cause);
  }

  static FeedException unreadable(Path path, IOException cause) {
    return new FeedException(
        "The file %s could not be read: %s. Correct that, then run the same command again."
            .formatted(path, reason(cause)),
        cause);
  }

  static FeedException gzipEndsTooEarly(Path path, IOException cause) {
    return new FeedException(
        "The file %s ends in the middle of its compressed data. Deliver it again in full, then run the same command again."
            .formatted(path),
        cause);
  }

  static FeedException gzipDamaged(Path path, Exception cause) {
    return new FeedException(
        "The file %s is not a sound gzip file: its data is empty, damaged, cut off or followed by something else. Deliver it again, then run the same command again."
            .formatted(path),
        cause);
  }

  /** The bytes read are not those that the file held when the run began. */
  public static FeedException changedMeanwhile(FeedFile file) {
    return new FeedException(
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
