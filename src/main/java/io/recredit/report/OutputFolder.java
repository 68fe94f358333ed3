package io.recredit.report;

import static io.recredit.wording.Messages.text;

import io.recredit.report.content.WrittenFile;
import io.recredit.wording.UserException;
import io.recredit.wording.WriteFaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The folder of a report, held against others. Its files get their names once all of them are
 * written: a report that fails leaves the one before as it was.
 */
final class OutputFolder implements AutoCloseable {

  private final Path folder;
  private final FolderHold hold;
  private final List<Path> unfinished = new ArrayList<>();

  private OutputFolder(Path folder, FolderHold hold) {
    this.folder = folder;
    this.hold = hold;
  }

  static OutputFolder at(Path folder) {
    try {
      Files.createDirectories(folder);
      return new OutputFolder(folder, FolderHold.of(folder));
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  /** A spreadsheet that somebody has filled in is work: it is not written over. */
  void mustNotHoldOthersWork(List<String> names, Predicate<String> isOurs) {
    for (var name : names) {
      var file = folder.resolve(name);
      try {
        if (Files.exists(file) && !isOurs.test(WrittenFile.sha256(file))) {
          throw new UserException(text("report.filled-in", file));
        }
      } catch (IOException e) {
        throw cannotWrite(file, e);
      }
    }
  }

  /** Where the file is written until it is whole. */
  Path unfinished(String name) {
    var path = folder.resolve(name + ".partial");
    unfinished.add(path);
    return path;
  }

  /** All get their names, the page last: it vouches for the others. */
  void finish(List<WrittenFile> files) throws IOException {
    for (var file : files) {
      Files.move(
          folder.resolve(file.name() + ".partial"),
          folder.resolve(file.name()),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  UserException cannotWrite(Exception e) {
    return cannotWrite(folder, e);
  }

  private static UserException cannotWrite(Path path, Exception e) {
    return new UserException(
        text(
            "report.cannot-write",
            path,
            WriteFaults.reason(e instanceof UncheckedIOException ? e.getCause() : e)),
        e);
  }

  @Override
  public void close() {
    for (var path : unfinished) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        Objects.requireNonNull(e); // it lies about under a name that says what it is
      }
    }
    hold.close();
  }
}
