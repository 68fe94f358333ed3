package io.recredit.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What erasing an order leaves of its records, of lines that were rejected, and of rows that were
 * shown, by operation.md, "Erasing".
 *
 * @param its what once was of the order: "captures c-1", "refunds r-1"
 * @param said refunds of which sentences and lines in the books may quote what was its
 */
record NaiveErasing(String order, Set<String> its, Set<String> said) {

  static final String ERASED = "Erased.";

  private static final Set<String> PERSONAL =
      Set.of("reference", "description", "merchant_reference2");

  /** As long a rejected line may have been cut before it named the order. */
  private static final int CUT_FROM = 3_996;

  private static final Pattern WORD = Pattern.compile("[\\w.:#-]+");

  /** What other orders know stays behind a suggestion. */
  private static final String SENTENCE =
      "\"(?:[^\"\\\\]|\\\\.)*?( Capture [^\"]+ is one of order [^\"]*)?\"";

  private static final Pattern SENTENCES =
      Pattern.compile("(\"(?:explanation|suggestion|why_proposed)\": )" + SENTENCE);
  private static final Pattern ID =
      Pattern.compile("\"(refund|capture|order|refusal)_id\": \"([^\"]*)\"");
  private static final Pattern NAME = Pattern.compile("(\"name\": )" + SENTENCE);
  private static final Pattern FAULTS = Pattern.compile("(\"request_faults\": )" + SENTENCE);
  private static final Pattern NOTE = Pattern.compile("(\"note\": )" + SENTENCE);

  static FeedRecord without(FeedRecord record) {
    return new FeedRecord(withoutPersonal(record.fields()), record.amount(), record.time());
  }

  private static Map<String, Object> withoutPersonal(Map<String, Object> fields) {
    var left = new LinkedHashMap<>(fields);
    left.keySet().removeAll(PERSONAL);
    for (var list : List.of("captures", "refunds")) {
      left.computeIfPresent(list, (l, records) -> each(records, NaiveErasing::withoutPersonal));
    }
    left.computeIfPresent("order_lines", (l, lines) -> each(lines, NaiveErasing::withoutName));
    return left;
  }

  private static Map<String, Object> withoutName(Map<String, Object> line) {
    var left = new LinkedHashMap<>(line);
    left.remove("name");
    return left;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> each(
      Object records, UnaryOperator<Map<String, Object>> left) {
    return ((List<Map<String, Object>>) records).stream().map(left).toList();
  }

  /** A line that a later reading rejects. */
  static boolean isOf(Set<String> orders, String line) {
    return WORD.matcher(line).results().anyMatch(word -> orders.contains(word.group()));
  }

  /** A line that was rejected before, as it was kept. */
  String rejected(String raw) {
    return raw.length() >= CUT_FROM || isOf(Set.of(order), raw) ? ERASED : raw;
  }

  /**
   * By relation, as of a run.
   *
   * @param fromDocuments what counted then though no file has it
   */
  Map<String, List<String>> shown(Map<String, List<String>> shown, Set<String> fromDocuments) {
    var left = new LinkedHashMap<>(shown);
    left.replaceAll(
        (relation, rows) ->
            rows.stream()
                .map(
                    row ->
                        NaivePayouts.COLUMNS.containsKey(relation)
                            ? ofPayout(row)
                            : shown(row, fromDocuments))
                .toList());
    return left;
  }

  /** Of a row of a report that names the order. */
  private String ofPayout(String row) {
    return order.equals(ids(row).get("order"))
        ? row.replaceAll("(\"(refund|capture)_reference\": )" + SENTENCE, "$1null")
        : row;
  }

  private String shown(String row, Set<String> fromDocuments) {
    var left = row;
    var ids = ids(row);
    if (said.contains(ids.getOrDefault("refund", ""))) {
      left = SENTENCES.matcher(left).replaceAll("$1\"" + ERASED + "$2\"");
      left = NAME.matcher(left).replaceAll("$1null");
    }
    if (its.contains("refunds " + ids.get("refund"))) {
      left = NOTE.matcher(left).replaceAll("$1\"" + ERASED + "\"");
    }
    if (its.contains("refusals " + ids.get("refusal"))) {
      left = FAULTS.matcher(left).replaceAll("$1null");
    }
    for (var kind : List.of("refund", "capture")) {
      var item = kind + "s " + ids.get(kind);
      if (its.contains(item) && (order.equals(ids.get("order")) || !fromDocuments.contains(item))) {
        left = left.replaceAll("(\"" + kind + "_reference\": )" + SENTENCE, "$1null");
      }
    }
    return left;
  }

  /** The row's own: what it holds of a request's body stands before them. */
  private static Map<String, String> ids(String row) {
    return ID.matcher(row)
        .results()
        .collect(Collectors.toMap(id -> id.group(1), id -> id.group(2), (ofBody, own) -> own));
  }
}
