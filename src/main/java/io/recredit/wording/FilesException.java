package io.recredit.wording;

import org.jspecify.annotations.Nullable;

/**
 * The files of a day cannot be read as they are: one is missing, cut off, something else than its
 * name says, there twice, or lacks much of what it had. Others can; and these can once they are
 * mended.
 */
public final class FilesException extends UserException {

  private static final long serialVersionUID = 1L;

  public FilesException(String sentence) {
    super(sentence);
  }

  public FilesException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
