package io.recredit.feed;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** What gzipped files hold; a file may be made of several that were packed one after the other. */
public final class Unpacked {

  private static final String ENDING = ".gz";

  private Unpacked() {}

  /** Whether a file of that name is packed. */
  public static boolean isNeeded(Path file) {
    return file.toString().endsWith(ENDING);
  }

  /** The content of a file, packed or not, as its name says. */
  public static InputStream of(Path file) throws IOException {
    var in = new BufferedInputStream(Files.newInputStream(file));
    return isNeeded(file) ? of(in) : in;
  }

  /** What packed bytes hold. */
  public static InputStream of(BufferedInputStream packed) throws IOException {
    return GzipCompressorInputStream.builder()
        .setInputStream(packed)
        .setDecompressConcatenated(true)
        .get();
  }
}
