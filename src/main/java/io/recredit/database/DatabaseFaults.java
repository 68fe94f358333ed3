package io.recredit.database;

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
    return new UserException(
        "%s is not the address of a PostgreSQL. Write it like jdbc:postgresql://localhost:5432/recredit; user and password have variables of their own, SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD. Without it Recredit starts a PostgreSQL of its own."
            .formatted(variable));
  }

  /** The sentence for a data folder that cannot be worked with. */
  static UserException about(Path folder, IOException cause) {
    return new UserException(
        "The data folder %s cannot be used: %s. RECREDIT_DATA names another one."
            .formatted(folder, reason(cause)),
        cause);
  }

  private static String reason(IOException cause) {
    if (!(cause instanceof FileSystemException atFile)) {
      return String.valueOf(cause.getMessage());
    }
    if (cause instanceof FileAlreadyExistsException) {
      return atFile.getFile() + " is a file, not a folder";
    }
    if (cause instanceof NoSuchFileException) {
      return atFile.getFile() + " is missing";
    }
    if (cause instanceof AccessDeniedException) {
      return "user %s may not write to %s"
          .formatted(System.getProperty("user.name"), atFile.getFile());
    }
    return String.valueOf(cause.getMessage());
  }
}
