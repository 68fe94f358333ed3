package io.recredit.report;

import static io.recredit.wording.Messages.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.recredit.wording.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;

/**
 * Keeps a folder for one report at a time. The lock goes with the process that has it, and its file
 * with the report.
 */
final class FolderHold implements AutoCloseable {

  private static final String NAME = ".recredit-report.lock";

  private final Path file;
  private final FileChannel lock;

  private FolderHold(Path file, FileChannel lock) {
    this.file = file;
    this.lock = lock;
  }

  /** {@link UserException} where another report is being written there. */
  static FolderHold of(Path folder) throws IOException {
    var file = folder.resolve(NAME);
    while (true) {
      var lock = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isTaken(lock)) {
        lock.close();
        throw new UserException(text("report.folder-in-use", folder));
      }
      if (isStill(file, lock)) {
        return new FolderHold(file, lock);
      }
      lock.close();
    }
  }

  private static boolean isTaken(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** The one before may have taken its file away between the opening and the lock. */
  private static boolean isStill(Path file, FileChannel lock) throws IOException {
    lock.truncate(0);
    var mark = UUID.randomUUID().toString();
    lock.write(ByteBuffer.wrap(mark.getBytes(UTF_8)), 0);
    return Files.exists(file) && Files.readString(file).equals(mark);
  }

  @Override
  public void close() {
    try (lock) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      Objects.requireNonNull(e); // its file is left, which the next report locks as well
    }
  }
}
