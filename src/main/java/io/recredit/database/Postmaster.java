package io.recredit.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server writes about itself into {@code postmaster.pid}: line 1 its process, 4 its port.
 */
record Postmaster(long pid, int port) {

  static Path file(Path directory) {
    return directory.resolve("postmaster.pid");
  }

  /** Empty where there is no such file, or one that says nothing, as a power failure leaves it. */
  static Optional<Postmaster> read(Path directory) throws IOException {
    try {
      List<String> lines = Files.readAllLines(file(directory), StandardCharsets.ISO_8859_1);
      return Optional.of(
          new Postmaster(
              Long.parseLong(lines.get(0).strip()), Integer.parseInt(lines.get(3).strip())));
    } catch (NoSuchFileException | NumberFormatException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether that process is a server of this directory, and of this user. After a crash of the
   * machine or container its number may be another program's, another PostgreSQL's even, or that of
   * somebody who calls his program so and waits for our password; one whose program cannot be told
   * is a stranger's or dead. We name the directory in full; one that cannot be looked at counts as
   * ours.
   */
  boolean livesOn(Path directory) {
    return ProcessHandle.of(pid)
        .map(ProcessHandle::info)
        .filter(info -> info.user().equals(ProcessHandle.current().info().user()))
        .filter(info -> info.command().filter(Postmaster::isPostgres).isPresent())
        .filter(info -> info.arguments().map(List::of).map(a -> names(a, directory)).orElse(true))
        .isPresent();
  }

  private static boolean isPostgres(String command) {
    return command
        .substring(Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')) + 1)
        .startsWith("postgres");
  }

  private static boolean names(List<String> arguments, Path directory) {
    int option = arguments.indexOf("-D");
    if (option < 0 || option + 1 == arguments.size()) {
      return false;
    }
    try {
      Path named = Path.of(arguments.get(option + 1));
      return named.isAbsolute() && Files.isSameFile(named, directory);
    } catch (IOException | InvalidPathException e) {
      return true;
    }
  }
}
