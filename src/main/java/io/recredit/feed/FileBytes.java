package io.recredit.feed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file's bytes as they lie on disk, counted and digested while they are read. Trouble with the
 * disk surfaces as {@link UserException}, so that an {@link IOException} above this stream can only
 * mean that the content is bad.
 */
public final class FileBytes extends InputStream {

  private final Path path;
  private final InputStream in;
  private final MessageDigest digest = newSha256();
  private long count;

  public FileBytes(Path path) {
    this.path = path;
    try {
      this.in = Files.newInputStream(path);
    } catch (IOException e) {
      throw FeedFaults.unreadable(path, e);
    }
  }

  long count() {
    return count;
  }

  /** Of the bytes read since the last call, in lower-case hex. */
  public String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public int read() {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    try {
      var read = in.read(target, offset, length);
      if (read > 0) {
        digest.update(target, offset, read);
        count += read;
      }
      return read;
    } catch (IOException e) {
      throw FeedFaults.unreadable(path, e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw FeedFaults.unreadable(path, e);
    }
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }
}
