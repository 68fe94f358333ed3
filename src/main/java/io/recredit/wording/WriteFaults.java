package io.recredit.wording;

import static io.recredit.wording.Messages.text;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Why a file cannot be written, where what Java says is not for people, or only names the file. */
public final class WriteFaults {

  private WriteFaults() {}

  /** To stand behind "... cannot be written: ". */
  public static String reason(@Nullable Throwable cause) {
    if (cause instanceof AccessDeniedException) {
      return text("files.cannot-write.no-right");
    }
    if (cause instanceof NoSuchFileException) {
      return text("files.cannot-write.no-place");
    }
    if (cause instanceof FileAlreadyExistsException) {
      return text("files.cannot-write.file");
    }
    return cause instanceof FileSystemException system && system.getReason() != null
        ? system.getReason()
        : cause == null ? text("files.cannot-write.unknown") : String.valueOf(cause.getMessage());
  }
}
