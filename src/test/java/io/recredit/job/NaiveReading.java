package io.recredit.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a file says, by rules.md, part 3: of lines with the same id the first counts, the others
 * repeat it or are rejected.
 *
 * @param accepted by id
 * @param rejected lines by their numbers
 */
record NaiveReading(
    int lines, Map<String, FeedRecord> accepted, int repeated, Map<Integer, String> rejected) {

  private static final int MOST_CHARACTERS = 4_000;

  static NaiveReading of(String kind, List<FileLine> lines) {
    var accepted = new LinkedHashMap<String, FeedRecord>();
    var rejected = new LinkedHashMap<Integer, String>();
    var repeated = 0;
    for (var number = 1; number <= lines.size(); number++) {
      var record = lines.get(number - 1).content();
      var first = record == null ? null : accepted.putIfAbsent(record.id(), record);
      if (record == null || (first != null && !first.equals(record))) {
        rejected.put(number, raw(kind, lines.get(number - 1).text()));
      } else if (first != null) {
        repeated++;
      }
    }
    return new NaiveReading(lines.size(), accepted, repeated, rejected);
  }

  /** Cut; of an order document nothing is kept that is no object. */
  private static String raw(String kind, String text) {
    var kept = kind.equals("orders") && !text.endsWith("}") ? "" : text;
    return kept.codePointCount(0, kept.length()) <= MOST_CHARACTERS
        ? kept
        : kept.substring(0, kept.offsetByCodePoints(0, MOST_CHARACTERS));
  }

  /** How many ids another reading does not have any more. */
  long goneIn(NaiveReading later) {
    return accepted.keySet().stream().filter(id -> !later.accepted.containsKey(id)).count();
  }

  /** More than a tenth, and more than ten. */
  boolean isHardlyMeantToBecome(NaiveReading later) {
    var gone = goneIn(later);
    return gone > 10 && gone * 10 > accepted.size();
  }
}
