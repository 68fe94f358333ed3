package io.recredit.export;

/** There can be no such report, or no such spreadsheet be read; the message is for a person. */
public final class ReportException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ReportException(String sentence) {
    super(sentence);
  }

  ReportException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
