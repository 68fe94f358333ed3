package io.recredit.feed;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.temporal.ChronoUnit;

/** What is to be known of a file before, or without, its being understood. */
public final class FileOnDisk {

  private FileOnDisk() {}

  /** SHA-256 of the bytes as they lie on disk, of a gzipped file the compressed ones. */
  public static String sha256(Path file) {
    try (var bytes = new FileBytes(file)) {
      bytes.transferTo(OutputStream.nullOutputStream());
      return bytes.sha256();
    } catch (IOException e) {
      throw FeedFaults.unreadable(file, e);
    }
  }

  /** To be asked before its content is: what changes in between is seen the next time. */
  public static FileStamp stamp(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileStamp(
          attributes.size(),
          attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.MICROS));
    } catch (IOException e) {
      throw FeedFaults.unreadable(file, e);
    }
  }
}
