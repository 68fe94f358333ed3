package io.recredit.report.content;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A file of a report.
 *
 * @param rows without the header; null where it has no rows
 */
public record WrittenFile(String name, @Nullable Long rows, long bytes, String sha256) {

  public static WrittenFile of(String name, @Nullable Long rows, Path file) throws IOException {
    return new WrittenFile(name, rows, Files.size(file), sha256(file));
  }

  public static String sha256(Path file) throws IOException {
    try (var digesting = new DigestOutputStream(OutputStream.nullOutputStream(), digest())) {
      Files.copy(file, digesting);
      return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
