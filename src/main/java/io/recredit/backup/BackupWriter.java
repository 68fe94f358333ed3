package io.recredit.backup;

import static io.recredit.wording.Messages.text;
import static java.nio.file.StandardOpenOption.WRITE;

import io.recredit.wording.UserException;
import io.recredit.wording.WriteFaults;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a backup's file: a ZIP with an entry per table and the manifest behind them. It has its
 * name once it is whole, and is for whoever makes it alone: it holds what the database holds.
 */
final class BackupWriter implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Path unfinished;
  private final FileChannel channel;
  private final ZipOutputStream zip;

  private BackupWriter(Path file, Path unfinished, FileChannel channel) {
    this.file = file;
    this.unfinished = unfinished;
    this.channel = channel;
    this.zip =
        new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
  }

  /** What writes the rows of a table, and counts them. */
  interface Rows {
    long to(OutputStream out) throws IOException;
  }

  static BackupWriter of(Path file) throws IOException {
    if (Files.exists(file)) {
      throw new UserException(text("backup.exists", file));
    }
    var folder = file.toAbsolutePath().getParent();
    var unfinished = Files.createTempFile(folder, "." + file.getFileName(), ".partial");
    unfinished.toFile().deleteOnExit(); // where the process is asked to end
    return new BackupWriter(file, unfinished, FileChannel.open(unfinished, WRITE));
  }

  /** How many rows it has. */
  long table(String name, Rows rows) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    var out = new BufferedOutputStream(zip, BUFFER);
    var written = rows.to(out);
    out.flush();
    zip.closeEntry();
    return written;
  }

  /**
   * Puts the manifest behind the tables, and gives the file its name.
   *
   * @return its bytes
   */
  long finish(Manifest manifest) throws IOException {
    zip.putNextEntry(new ZipEntry(BackupReader.MANIFEST));
    zip.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
    zip.closeEntry();
    zip.finish();
    zip.flush();
    channel.force(true);
    var bytes = channel.size();
    zip.close();
    Files.move(unfinished, file); // onto nothing that came meanwhile
    return bytes;
  }

  static UserException cannotWrite(Path file, IOException e) {
    return new UserException(text("backup.cannot-write", file, WriteFaults.reason(e)), e);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(unfinished);
  }
}
