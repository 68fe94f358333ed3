package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.status.Metrics;
import io.recredit.status.Status;
import io.recredit.wording.UserException;
import io.recredit.wording.WriteFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file in which node_exporter's textfile collector finds the metrics: it is replaced as a
 * whole, so that nobody reads half of it.
 *
 * @param shop the label of that name; null for none
 */
record MetricsFile(Path path, @Nullable String shop) {

  private static final String PATH = "RECREDIT_METRICS";
  private static final String SHOP = "RECREDIT_SHOP";
  private static final String ENDING = ".prom";

  /** That which is asked for; {@link UserException} where the collector would not look at it. */
  static Optional<MetricsFile> given() {
    var path = System.getenv(PATH);
    if (path == null || path.isBlank()) {
      return Optional.empty();
    }
    if (!path.endsWith(ENDING)) {
      throw new UserException(text("settings.metrics", path));
    }
    var shop = System.getenv(SHOP);
    return Optional.of(
        new MetricsFile(Path.of(path), shop == null || shop.isBlank() ? null : shop));
  }

  /**
   * Writes them.
   *
   * @param end of a night; null where that of before is the last
   * @param status null where the database cannot be asked: all else of before stays
   */
  void write(Metrics.@Nullable End end, @Nullable Status status) {
    try {
      var before = Files.exists(path) ? Files.readString(path) : "";
      write(Metrics.of(before, end, status, shop));
    } catch (IOException e) {
      complain(e);
    }
  }

  private void write(String metrics) {
    try {
      var folder = path.toAbsolutePath().getParent();
      var whole = Files.createTempFile(folder, "." + path.getFileName(), ".new");
      try {
        Files.writeString(whole, metrics);
        Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(whole);
      }
    } catch (IOException e) {
      complain(e);
    }
  }

  /** A run does not fail for want of them; whoever watches sees that they are old. */
  private void complain(IOException e) {
    Terminal.complain(text("app.metrics.failed", path, WriteFaults.reason(e)));
  }
}
