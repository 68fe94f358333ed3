package io.recredit.wording;

import org.jspecify.annotations.Nullable;

/**
 * The files of a day cannot be read as they are: one is missing, cut off, something else than its
 * name says, there twice, or lacks much of what it had. Others can; and these can once they are
 * mended.
 */
public final class FilesException extends UserException {

  private static final long serialVersionUID = 1L;

  private final String withoutContent;

  public FilesException(String sentence) {
    this(sentence, sentence);
  }

  /**
   * With a sentence that quotes what is in a file.
   *
   * @param withoutContent the same for the log, where nothing of an order may stand
   */
  public FilesException(String sentence, String withoutContent) {
    super(sentence);
    this.withoutContent = withoutContent;
  }

  public FilesException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.withoutContent = sentence;
  }

  @Override
  public String withoutContent() {
    return withoutContent;
  }
}
