package io.recredit.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and folders that are nobody's but the user's who runs Recredit: whoever can read a file can
 * hold a lock on it, and logs quote what they complain of. Where the file system knows no owners,
 * they are made as any other.
 */
final class OwnFiles {

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<?> OWNER_ALONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private OwnFiles() {}

  /** With folders above it where they are missing; one that is there keeps its permissions. */
  static Path createFolders(Path folder) throws IOException {
    return knowsOwners(folder)
        ? Files.createDirectories(folder, OWNER_ALONE)
        : Files.createDirectories(folder);
  }

  static FileChannel open(Path file, OpenOption... options) throws IOException {
    make(file);
    return FileChannel.open(file, options);
  }

  /** Makes it where it is missing; one that is there, of an earlier version, becomes ours alone. */
  static void make(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // all the better
    }
    if (knowsOwners(file) && !Files.getPosixFilePermissions(file).equals(OWNER)) {
      Files.setPosixFilePermissions(file, OWNER);
    }
  }

  private static boolean knowsOwners(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
