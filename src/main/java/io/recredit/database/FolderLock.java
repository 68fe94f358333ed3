package io.recredit.database;

import static io.recredit.wording.Messages.text;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.recredit.wording.UserException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The two file locks on a data folder. Both end with the process that holds them, however it ends.
 *
 * <p>{@code .lock} is held while a server is looked for, started or stopped, so that these happen
 * one after the other. {@code .in-use} is shared by all who use the server: a process that cannot
 * see it (in another container, say) must not start a second server on the same files.
 */
final class FolderLock implements AutoCloseable {

  /** Long enough for a server that replays its log after a crash. */
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  /** File locks are held by the whole process; this one keeps its threads apart. */
  private static final ReentrantLock WITHIN_THIS_PROCESS = new ReentrantLock();

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Waits until nobody else has it.
   *
   * @param said is told of it, if that takes some seconds
   */
  static FolderLock acquire(Path file, Consumer<String> said) throws IOException {
    WITHIN_THIS_PROCESS.lock();
    try {
      FileChannel channel = OwnFiles.open(file, CREATE, WRITE);
      try {
        Deadline patience =
            Deadline.of(PATIENCE, () -> said.accept(text("database.folder.waiting", file)));
        while (channel.tryLock() == null) {
          if (!patience.lasts()) {
            throw new UserException(text("database.folder.locked", file, PATIENCE.toMinutes()));
          }
        }
        return new FolderLock(file, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      WITHIN_THIS_PROCESS.unlock();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      WITHIN_THIS_PROCESS.unlock();
    }
  }

  /** Says that the folder is in use, until the channel is closed. */
  FileChannel use(boolean serverInSight) throws IOException {
    FileChannel users = OwnFiles.open(file.resolveSibling(".in-use"), CREATE, READ, WRITE);
    try {
      if (!serverInSight && !isUnused(users)) {
        throw new UserException(text("database.folder.in-use", file.getParent()));
      }
      shareUse(users);
      return users;
    } catch (IOException | RuntimeException e) {
      users.close();
      throw e;
    }
  }

  private static boolean isUnused(FileChannel users) throws IOException {
    try (FileLock lock = users.tryLock()) {
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return true; // used by this very process, which would see its server if there were one
    }
  }

  private static void shareUse(FileChannel users) throws IOException {
    try {
      users.tryLock(0, Long.MAX_VALUE, true);
    } catch (OverlappingFileLockException e) {
      // this process says so already
    }
  }
}
