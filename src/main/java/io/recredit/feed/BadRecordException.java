package io.recredit.feed;

/**
 * Carries the sentence that says what is wrong with a line out of its reading; {@link RecordParser}
 * turns it into a value. It has no stack trace, since a feed may hold a million bad lines.
 */
final class BadRecordException extends Exception {

  private final String sentence;

  BadRecordException(String sentence) {
    super(sentence, null, false, false);
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
