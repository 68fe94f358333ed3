package io.recredit.database;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's own programs, unpacked from the library's archive for this platform.
 *
 * <p>The library's starter is left aside: it turns fsync off, takes any server that answers on the
 * port for its own, and unpacks into a temporary folder that others may write to and that cleaners
 * empty.
 *
 * @param folder where they are; several data folders may share it
 * @param log what they say, the server included, is appended to this file
 * @param said is told what is waited for where that takes some seconds
 */
record PostgresPrograms(Path folder, Path log, Consumer<String> said) {

  /** How long a program may take before that is worth a word. */
  private static final long SILENCE_SECONDS = 5;

  /** Enough to tell one archive from another: it begins with headers that carry their times. */
  private static final int FINGERPRINT_BYTES = 1 << 16;

  private static final long LOG_BYTES = 10_000_000;

  /**
   * Why a program failed. What pg_ctl says last of a failed start is no reason, and the sessions of
   * a server that crashed just now may still be writing their farewells.
   */
  private static final Pattern COMPLAINT =
      Pattern.compile(
          "(?:FATAL|PANIC|error|pg_ctl|initdb): +(?!error:|could not start server|terminating connection)(.+)");

  /** Of the server's log: with LC_ALL=C it says so in these words. */
  private static final Pattern NO_ROOM =
      Pattern.compile("(?:ERROR|FATAL|PANIC): +(.*No space left on device.*)");

  /** Unpacks the programs where they are missing or of another release than the archive's. */
  @SuppressWarnings("try") // the lock is there to be held
  void unpack() throws IOException {
    try (FolderLock lock =
            FolderLock.acquire(folder.resolveSibling(folder.getFileName() + ".lock"), said);
        InputStream archive = archive()) {
      byte[] head = archive.readNBytes(FINGERPRINT_BYTES);
      CRC32 checksum = new CRC32();
      checksum.update(head);
      String release = Long.toHexString(checksum.getValue());
      if (release.equals(unpackedRelease())) {
        return;
      }
      Path unfinished = folder.resolveSibling(folder.getFileName() + ".new");
      deleteRecursively(unfinished);
      extract(new SequenceInputStream(new ByteArrayInputStream(head), archive), unfinished);
      Files.writeString(unfinished.resolve("release"), release);
      deleteRecursively(folder);
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private String unpackedRelease() throws IOException {
    try {
      return Files.readString(folder.resolve("release"));
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private static InputStream archive() throws IOException {
    String os = System.getProperty("os.name");
    String system = os.startsWith("Windows") ? "Windows" : os.startsWith("Mac") ? "Darwin" : os;
    String machine = System.getProperty("os.arch");
    try {
      return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
    } catch (IllegalStateException e) {
      throw new UserException(text("database.no-programs", os, machine));
    }
  }

  private static void extract(InputStream archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(archive))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path file = target.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
          continue;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, file);
          if (file.startsWith(target.resolve("bin")) && !file.toFile().setExecutable(true, false)) {
            throw new IOException(text("database.folder.not-executable", file));
          }
        }
      }
    }
  }

  /** For between two servers; one night's log is far smaller. */
  void forgetLongLog() throws IOException {
    if (Files.exists(log) && Files.size(log) > LOG_BYTES) {
      Files.delete(log);
    }
  }

  /** Runs a program to its end. The server that pg_ctl leaves behind goes on writing to the log. */
  void run(String program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (LinuxUtils.isUnshareAvailable()) { // PostgreSQL refuses to run as root
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(folder.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    OwnFiles.make(log);
    long logSizeBefore = Files.size(log);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("RECREDIT_KLARNA_")); // passwords, too
    builder.environment().put("LC_ALL", "C"); // the machine's language is not to matter
    int exitCode;
    try {
      Process process = builder.start();
      if (!process.waitFor(SILENCE_SECONDS, TimeUnit.SECONDS)) {
        said.accept(text("database.program.waiting", program, log));
      }
      exitCode = process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw DatabaseFaults.interrupted();
    }
    if (exitCode != 0) {
      throw new UserException(
          text("database.program.failed", program, complaint(logSizeBefore), log));
    }
  }

  /** The line in which the program said why it failed. */
  private String complaint(long logSizeBefore) throws IOException {
    return COMPLAINT
        .matcher(saidSince(logSizeBefore))
        .results()
        .reduce((earlier, later) -> later)
        .map(match -> match.group(1).strip())
        .orElseGet(() -> text("database.program.no-reason"));
  }

  /** The line in which the server said that a disk is full, if it did since its log was so long. */
  Optional<String> lackOfRoom(long logSizeBefore) throws IOException {
    return NO_ROOM
        .matcher(saidSince(logSizeBefore))
        .results()
        .map(match -> match.group(1).strip())
        .findFirst();
  }

  long logSize() throws IOException {
    return Files.exists(log) ? Files.size(log) : 0;
  }

  private String saidSince(long logSizeBefore) throws IOException {
    if (logSize() <= logSizeBefore) {
      return "";
    }
    try (InputStream input = Files.newInputStream(log)) {
      input.skipNBytes(logSizeBefore);
      return new String(input.readNBytes((int) LOG_BYTES), StandardCharsets.UTF_8);
    }
  }

  static void deleteRecursively(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
