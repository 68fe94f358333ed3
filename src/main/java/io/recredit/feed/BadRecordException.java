package io.recredit.feed;

import static io.recredit.wording.Messages.counted;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Carries the sentences that say what is wrong with a line out of its reading; {@link RecordParser}
 * turns them into a value. It has no stack trace, since a feed may hold a million bad lines.
 */
final class BadRecordException extends Exception {

  /** Of a thousand order lines each may have several faults; nobody reads them all. */
  private static final int MOST_TOLD = 20;

  private final List<String> sentences;

  BadRecordException(String sentence) {
    this(List.of(sentence));
  }

  BadRecordException(List<String> sentences) {
    super(sentences.get(0), null, false, false);
    this.sentences = List.copyOf(sentences);
  }

  String told() {
    return told(sentences);
  }

  /** The sentences as one text. */
  static String told(List<String> sentences) {
    var told = sentences.stream().limit(MOST_TOLD).collect(Collectors.joining(" "));
    var more = sentences.size() - MOST_TOLD;
    return more <= 0 ? told : told + " " + counted("feed.line.more-faults", more);
  }
}
