package io.recredit.app;

import io.recredit.export.FilledIn;
import io.recredit.export.FilledInFile;
import io.recredit.job.AskedSettlement;
import io.recredit.store.SettlementEntry.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The settlements of a spreadsheet.
 *
 * @param asked one for each row that says how to settle
 * @param problems a sentence for each row that cannot be understood
 * @param left how many rows have a note or a name, and nothing to settle
 */
record SettleFile(List<AskedSettlement> asked, List<String> problems, int left) {

  /**
   * Reads it.
   *
   * @param note of rows that have none
   * @param by the same
   */
  static SettleFile read(Path file, String note, String by) {
    var reading = FilledInFile.read(file);
    var asked = new ArrayList<AskedSettlement>();
    var problems = new ArrayList<>(reading.problems());
    var left = 0;
    for (var row : reading.rows()) {
      if (row.settleAs().isEmpty()) {
        left++;
        continue;
      }
      try {
        var settlement = settlement(row, note, by);
        problems.addAll(problems(row, settlement));
        asked.add(settlement);
      } catch (IllegalArgumentException e) {
        problems.add(row.place() + ": " + e.getMessage());
      }
    }
    return new SettleFile(asked, problems, left);
  }

  private static AskedSettlement settlement(FilledIn row, String note, String by) {
    var as = SettleAs.parse(row.settleAs());
    return new AskedSettlement(
        row.place() + ": ",
        row.refundId(),
        as.kind(),
        as.parts(),
        row.note().isEmpty() ? note : row.note(),
        row.by().isEmpty() ? by : row.by(),
        row.runId());
  }

  private static List<String> problems(FilledIn row, AskedSettlement settlement) {
    var problems = new ArrayList<String>();
    if (row.refundId().isEmpty()) {
      problems.add("There is no refund_id.");
    }
    if (settlement.kind() == Kind.BY_HAND && settlement.parts().isEmpty()) {
      problems.add("settle_as names no capture.");
    }
    if (settlement.note().isEmpty()) {
      problems.add("There is no note that says why; fill it in, or give --note for all.");
    }
    if (settlement.by().isEmpty()) {
      problems.add("by does not say who decides it; fill it in, or give --by for all.");
    }
    return problems.stream().map(sentence -> settlement.place() + sentence).toList();
  }

  /** What a run says of a refund, with the row that it comes from. */
  String placed(String sentences) {
    return sentences
        .lines()
        .map(
            line ->
                asked.stream()
                        .filter(one -> line.startsWith("Refund " + one.refundId() + ": "))
                        .map(AskedSettlement::place)
                        .findFirst()
                        .orElse("")
                    + line)
        .collect(Collectors.joining("\n"));
  }

  /** What was done, a line per row. */
  List<String> done() {
    var lines =
        asked.stream()
            .map(one -> "%s%s %s.".formatted(one.place(), one.refundId(), done(one)))
            .collect(Collectors.toCollection(ArrayList::new));
    if (left > 0) {
      lines.add(
          "%d more with a note or a name have no settle_as and stay as they are.".formatted(left));
    }
    return lines;
  }

  private static String done(AskedSettlement one) {
    return switch (one.kind()) {
      case WRITTEN_OFF -> "is written off";
      case WITHDRAWN -> "is settled no more";
      case BY_HAND ->
          "is allocated to "
              + one.parts().stream()
                  .map(
                      part ->
                          part.amount() == null
                              ? part.captureId()
                              : part.captureId() + " (" + part.amount().toPlainString() + ")")
                  .collect(Collectors.joining(", "));
    };
  }
}
