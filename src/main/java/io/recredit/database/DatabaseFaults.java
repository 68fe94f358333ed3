package io.recredit.database;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The database cannot be had; the message is for the person who started Recredit. */
public final class DatabaseFaults {

  private DatabaseFaults() {}

  /** The sentence for a variable that should name a PostgreSQL. */
  public static UserException noAddress(String variable) {
    return new UserException(text("database.no-address", variable));
  }

  /** The sentence for a data folder that cannot be worked with. */
  static UserException about(Path folder, IOException cause) {
    return new UserException(text("database.folder.unusable", folder, reason(cause)), cause);
  }

  static UserException interrupted() {
    return new UserException(text("database.interrupted"));
  }

  private static String reason(IOException cause) {
    if (!(cause instanceof FileSystemException atFile)) {
      return String.valueOf(cause.getMessage());
    }
    if (cause instanceof FileAlreadyExistsException) {
      return text("database.folder.is-file", atFile.getFile());
    }
    if (cause instanceof NoSuchFileException) {
      return text("database.folder.missing", atFile.getFile());
    }
    if (cause instanceof AccessDeniedException) {
      return text("database.folder.no-right", System.getProperty("user.name"), atFile.getFile());
    }
    return String.valueOf(cause.getMessage());
  }
}
