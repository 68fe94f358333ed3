package io.recredit.pull;

import static io.recredit.wording.Messages.text;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.recredit.feed.DocumentLine;
import io.recredit.feed.FeedFolder;
import io.recredit.feed.FeedKind;
import io.recredit.feed.Unpacked;
import io.recredit.wording.ExitCode;
import io.recredit.wording.UserException;
import io.recredit.wording.WriteFaults;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Where documents are gathered until all are there: a file beside the day's, which nothing reads,
 * and which a pull that was interrupted leaves to the next one. Then they are added to the day's
 * file, which is replaced as a whole. One pull at a time in a folder.
 */
final class OrdersFile implements AutoCloseable {

  private static final String LOCK = ".pull.lock";
  private static final String GATHERED = ".pull-orders.ndjson";
  private static final String COMPLETED = ".pull-completed";

  private final Path folder;
  private final FeedFolder days;
  private final FileChannel lock;
  private final FileChannel gathered;
  private final Map<String, Instant> there = new HashMap<>();
  private long lines;

  /** Where the next line goes; what a disk that was full left behind it is written over. */
  private long end;

  private OrdersFile(Path folder, FileChannel lock, FileChannel gathered) {
    this.folder = folder;
    days = new FeedFolder(folder);
    this.lock = lock;
    this.gathered = gathered;
  }

  /** {@link UserException} where another pull is at work there, or nothing can be written. */
  static OrdersFile in(Path folder) {
    new FeedFolder(folder).mustBeThere();
    try {
      var lock = open(folder.resolve(LOCK));
      if (!takes(lock)) {
        lock.close();
        throw new UserException(text("pull.busy", folder), ExitCode.BUSY);
      }
      var file = new OrdersFile(folder, lock, open(folder.resolve(GATHERED)));
      file.takeOver();
      return file;
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static boolean takes(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  static UserException cannotWrite(Path place, IOException cause) {
    return new UserException(text("pull.cannot-write", place, WriteFaults.reason(cause)), cause);
  }

  /** What an interrupted pull had; lines that it did not finish are asked for again. */
  private void takeOver() throws IOException {
    var in = new BufferedInputStream(Channels.newInputStream(gathered));
    var line = new ByteArrayOutputStream();
    for (var next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        var document = DocumentLine.ofLine(line.toByteArray());
        if (document.isPresent()) {
          add(document.get()); // where it was, or over what was no line
        }
        line.reset();
      } else {
        line.write(next);
      }
    }
    gathered.truncate(end);
  }

  /** Whether there are documents that are in no day's file yet. */
  boolean hasDocuments() {
    return lines > 0;
  }

  /** When the documents that are there already were read, by order. */
  Map<String, Instant> there() {
    return Map.copyOf(there);
  }

  synchronized void add(DocumentLine document) {
    var line = ByteBuffer.wrap(document.withEnd());
    try {
      var position = end;
      while (line.hasRemaining()) {
        position += gathered.write(line, position);
      }
      end = position;
    } catch (IOException e) {
      throw cannotWrite(folder.resolve(GATHERED), e);
    }
    there.put(document.orderId(), document.readAt());
    lines++;
  }

  /**
   * Adds what was gathered to the day's file; makes an empty one where nothing was, and the day has
   * no file at all. Killed between its last two steps, it leaves lines to the next pull that are
   * there already: the same documents, which are read as one.
   */
  void complete(LocalDate day) {
    if (lines == 0) {
      makeEmpty(List.of(day));
      return;
    }
    var file = days.toAddTo(FeedKind.ORDERS, day);
    try {
      addTo(file);
      gathered.truncate(0);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
    there.clear();
    lines = 0;
    end = 0;
  }

  /** So that no day waits for a file that nobody makes: of those of them that have none at all. */
  List<LocalDate> makeEmpty(List<LocalDate> dates) {
    var none = dates.stream().filter(days::hasNone).toList();
    for (var day : none) {
      var file = days.toAddTo(FeedKind.ORDERS, day);
      try {
        Files.createFile(file);
      } catch (IOException e) {
        throw cannotWrite(file, e);
      }
    }
    return none;
  }

  private void addTo(Path target) throws IOException {
    var completed = folder.resolve(COMPLETED);
    try (var channel =
        FileChannel.open(
            completed,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var file = new BufferedOutputStream(Channels.newOutputStream(channel));
      var out = Unpacked.isNeeded(target) ? new GZIPOutputStream(file) : file;
      if (Files.exists(target)) {
        copy(target, out);
      }
      gathered.truncate(end).position(0);
      Channels.newInputStream(gathered).transferTo(out);
      if (out instanceof GZIPOutputStream packed) {
        packed.finish();
      }
      file.flush();
      channel.force(true);
      Files.move(completed, target, ATOMIC_MOVE, REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(completed);
    }
  }

  /** {@link UserException} where it is cut off: nobody must take it for whole for what follows. */
  private static void copy(Path from, OutputStream out) throws IOException {
    var lastLine = new ByteArrayOutputStream();
    try (var in = Unpacked.of(from)) {
      var bytes = new byte[1 << 16];
      for (var read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        out.write(bytes, 0, read);
        var end = read;
        while (end > 0 && bytes[end - 1] != '\n') {
          end--;
        }
        if (end > 0) {
          lastLine.reset();
        }
        lastLine.write(bytes, end, read - end);
      }
    } catch (EOFException e) {
      throw new UserException(text("pull.cut-off", from), e);
    }
    if (!DocumentLine.isWhole(lastLine.toByteArray())) {
      throw new UserException(text("pull.cut-off", from));
    }
    if (lastLine.size() > 0) {
      out.write('\n');
    }
  }

  @Override
  public void close() {
    try (lock;
        gathered) {
      if (lines == 0) {
        Files.deleteIfExists(folder.resolve(GATHERED));
      }
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }
}
