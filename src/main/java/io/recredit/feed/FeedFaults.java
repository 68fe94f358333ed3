package io.recredit.feed;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.FilesException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** The feed cannot be read. The message says what is wrong, where, and what to do about it. */
public final class FeedFaults {

  private FeedFaults() {}

  /** The disk refuses, or there is no such file. */
  public static FilesException unreadable(Path path, IOException cause) {
    return new FilesException(text("feed.file.unreadable", path, reason(cause)), cause);
  }

  static FilesException gzipEndsTooEarly(Path path, IOException cause) {
    return new FilesException(text("feed.file.gzip-cut", path), cause);
  }

  static FilesException gzipDamaged(Path path, Exception cause) {
    return new FilesException(text("feed.file.gzip-damaged", path), cause);
  }

  /** The bytes read are not those that the file held when the run began. */
  public static FilesException changedMeanwhile(FeedFile file) {
    return changedMeanwhile(file.path());
  }

  /** The same of a file that is none of a day's. */
  public static FilesException changedMeanwhile(Path path) {
    return new FilesException(text("feed.file.changed", path));
  }

  private static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return text("feed.file.not-there");
    }
    if (cause instanceof AccessDeniedException) {
      return text("feed.file.may-not");
    }
    return Objects.requireNonNullElse(cause.getMessage(), text("feed.file.no-reason"));
  }
}
