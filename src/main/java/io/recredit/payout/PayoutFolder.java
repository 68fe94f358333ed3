package io.recredit.payout;

import io.recredit.feed.FeedFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder of settlement reports in a folder of input; it need not be there. */
public final class PayoutFolder {

  private PayoutFolder() {}

  public static Path in(Path input) {
    return input.toAbsolutePath().normalize().resolve("payouts");
  }

  /** What could be reports: all files but hidden ones, as what is not whole yet is called. */
  public static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> !name(file).startsWith(".") && Files.isRegularFile(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw FeedFaults.unreadable(folder, e);
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
