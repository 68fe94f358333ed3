package io.recredit.feed;

import java.nio.file.Path;
import java.time.LocalDate;

/**
 * One file of the feed: what one day delivered of one kind.
 *
 * @param date the day in the file's name; a record's own time decides its business date
 */
public record FeedFile(FeedKind kind, LocalDate date, Path path) {

  private static final String GZIP_ENDING = ".gz";

  /** The name without its folder, such as {@code captures-2026-11-20.ndjson.gz}. */
  public String name() {
    return String.valueOf(path.getFileName());
  }

  /** SHA-256 of the bytes as they lie on disk, of a gzipped file the compressed ones. */
  public String sha256() {
    return FileOnDisk.sha256(path);
  }

  /**
   * {@link io.recredit.wording.UserException} where it is something else than what its name says,
   * or is cut off: it says what it looks like and how to mend it.
   */
  public void mustBeWhatItsNameSays() {
    FileCheck.mustBeWhatItsNameSays(this);
  }

  /** Its size on disk. */
  public long bytes() {
    return stamp().bytes();
  }

  /** To be asked before its content is: what changes in between is seen the next time. */
  public FileStamp stamp() {
    return FileOnDisk.stamp(path);
  }

  boolean isGzipped() {
    return name().endsWith(GZIP_ENDING);
  }
}
