package io.recredit.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a file says, by rules.md, part 3: of lines with the same id the first counts, the others
 * repeat it or are rejected.
 *
 * @param accepted by id
 * @param rejected lines by their numbers, as they are kept
 */
record NaiveReading(
    List<FileLine> lines,
    Map<String, FeedRecord> accepted,
    int repeated,
    Map<Integer, String> rejected) {

  private static final int MOST_CHARACTERS = 4_000;

  /** Read when these orders are erased. */
  static NaiveReading of(String kind, List<FileLine> lines, Set<String> erased) {
    var accepted = new LinkedHashMap<String, FeedRecord>();
    var rejected = new LinkedHashMap<Integer, String>();
    var repeated = 0;
    for (var number = 1; number <= lines.size(); number++) {
      var line = lines.get(number - 1);
      var record = line.content();
      if (record != null && erased.contains(record.orderId())) {
        record = NaiveErasing.without(record);
      }
      var first = record == null ? null : accepted.putIfAbsent(record.id(), record);
      if (record == null || (first != null && !first.equals(record))) {
        rejected.put(
            number,
            NaiveErasing.isOf(erased, line.text()) ? NaiveErasing.ERASED : raw(kind, line.text()));
      } else if (first != null) {
        repeated++;
      }
    }
    return new NaiveReading(lines, accepted, repeated, rejected);
  }

  /** What is left of it when an order is erased. */
  NaiveReading without(NaiveErasing erasing, String kind) {
    var left = new LinkedHashMap<>(accepted);
    left.replaceAll(
        (id, record) ->
            erasing.its().contains(kind + " " + id) ? NaiveErasing.without(record) : record);
    var leftOfRejected = new LinkedHashMap<>(rejected);
    leftOfRejected.replaceAll((line, raw) -> erasing.rejected(raw));
    return new NaiveReading(lines, left, repeated, leftOfRejected);
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
