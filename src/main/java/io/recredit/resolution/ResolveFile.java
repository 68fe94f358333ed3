package io.recredit.resolution;

import io.recredit.resolution.ResolutionEntry.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The resolutions of a spreadsheet.
 *
 * @param asked one for each row that says how to resolve
 * @param problems a sentence for each row that cannot be understood
 * @param left how many rows have a note or a name, and nothing to resolve
 */
public record ResolveFile(List<AskedResolution> asked, List<String> problems, int left) {

  /**
   * Reads it.
   *
   * @param note of rows that have none
   * @param by the same
   */
  public static ResolveFile read(Path file, String note, String by) {
    var reading = FilledInFile.read(file);
    var asked = new ArrayList<AskedResolution>();
    var problems = new ArrayList<>(reading.problems());
    var left = 0;
    for (var row : reading.rows()) {
      if (row.resolveAs().isEmpty()) {
        left++;
        continue;
      }
      try {
        var resolution = resolution(row, note, by);
        problems.addAll(problems(row, resolution));
        asked.add(resolution);
      } catch (IllegalArgumentException e) {
        problems.add(row.place() + ": " + e.getMessage());
      }
    }
    return new ResolveFile(asked, problems, left);
  }

  private static AskedResolution resolution(FilledIn row, String note, String by) {
    var as = ResolveAs.parse(row.resolveAs());
    return new AskedResolution(
        row.place() + ": ",
        row.refundId(),
        as.kind(),
        as.parts(),
        row.note().isEmpty() ? note : row.note(),
        row.by().isEmpty() ? by : row.by(),
        row.runId());
  }

  private static List<String> problems(FilledIn row, AskedResolution resolution) {
    var problems = new ArrayList<String>();
    if (row.refundId().isEmpty()) {
      problems.add("There is no refund_id.");
    }
    if (resolution.kind() == Kind.BY_HAND && resolution.parts().isEmpty()) {
      problems.add("resolve_as names no capture.");
    }
    if (resolution.note().isEmpty()) {
      problems.add("There is no note that says why; fill it in, or give --note for all.");
    }
    if (resolution.by().isEmpty()) {
      problems.add("by does not say who decides it; fill it in, or give --by for all.");
    }
    return problems.stream().map(sentence -> resolution.place() + sentence).toList();
  }

  /** What a run says of a refund, with the row that it comes from. */
  public String placed(String sentences) {
    return sentences
        .lines()
        .map(
            line ->
                asked.stream()
                        .filter(one -> line.startsWith("Refund " + one.refundId() + ": "))
                        .map(AskedResolution::place)
                        .findFirst()
                        .orElse("")
                    + line)
        .collect(Collectors.joining("\n"));
  }

  /** What was done, a line per row. */
  public List<String> done() {
    var lines =
        asked.stream()
            .map(one -> "%s%s %s.".formatted(one.place(), one.refundId(), done(one)))
            .collect(Collectors.toCollection(ArrayList::new));
    if (left > 0) {
      lines.add(
          "%d more with a note or a name have no resolve_as and stay as they are.".formatted(left));
    }
    return lines;
  }

  private static String done(AskedResolution one) {
    return switch (one.kind()) {
      case WRITTEN_OFF -> "is written off";
      case WITHDRAWN -> "is resolved no more";
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
