package io.recredit.resolution;

import static io.recredit.wording.Messages.text;

import io.recredit.table.FilledInRow;
import io.recredit.table.FilledInTable;
import io.recredit.wording.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report's sheet of exceptions, which an accountant fills in and hands back: {@code resolve_as},
 * {@code note} and {@code by} beside what the report says of the refund.
 */
public final class ExceptionSheet {

  /** Of the sheet, and of the CSV file. */
  public static final String NAME = "exceptions";

  public static final String REFUND_ID = "refund_id";
  public static final String RUN_ID = "run_id";
  public static final String RESOLVE_AS = "resolve_as";
  public static final String NOTE = "note";
  public static final String BY = "by";

  private static final FilledInTable TABLE =
      new FilledInTable(NAME, REFUND_ID, List.of(RESOLVE_AS, NOTE, BY), List.of(RUN_ID));

  private final String noteOfAll;
  private final String byOfAll;
  private final List<ResolutionRequest> requests = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private int undecided;

  private ExceptionSheet(String noteOfAll, String byOfAll) {
    this.noteOfAll = noteOfAll;
    this.byOfAll = byOfAll;
  }

  /**
   * What a workbook or a CSV file asks for; {@link UserException} where it is no such file.
   *
   * @param note of rows that have none
   * @param by the same
   */
  public static ResolutionRequests read(Path file, String note, String by) {
    var contents = TABLE.read(file);
    var sheet = new ExceptionSheet(note, by);
    sheet.problems.addAll(contents.problems());
    contents.rows().forEach(sheet::add);
    return new ResolutionRequests(sheet.requests, sheet.problems, sheet.undecided);
  }

  private void add(FilledInRow row) {
    if (row.text(RESOLVE_AS).isEmpty()) {
      undecided++;
      return;
    }
    try {
      var request = request(row);
      requests.add(request);
      problems(request).forEach(sentence -> problems.add(request.said(sentence)));
    } catch (UserException e) {
      problems.add(text("resolution.at", row.place(), e.getMessage()));
    }
  }

  private ResolutionRequest request(FilledInRow row) {
    return new ResolutionRequest(
        row.place(),
        row.text(REFUND_ID),
        ResolveAs.parse(row.text(RESOLVE_AS)),
        row.text(NOTE).isEmpty() ? noteOfAll : row.text(NOTE),
        row.text(BY).isEmpty() ? byOfAll : row.text(BY),
        run(row.text(RUN_ID)));
  }

  private static @Nullable Long run(String written) {
    return written.matches("[0-9]{1,18}") ? Long.valueOf(written) : null;
  }

  private static List<String> problems(ResolutionRequest request) {
    var problems = new ArrayList<String>();
    if (request.refundId().isEmpty()) {
      problems.add(text("resolution.row.no-refund"));
    }
    if (request.as().kind() == ResolutionKind.BY_HAND && request.as().parts().isEmpty()) {
      problems.add(text("resolution.row.no-capture"));
    }
    if (request.note().isEmpty()) {
      problems.add(text("resolution.row.no-note"));
    }
    if (request.by().isEmpty()) {
      problems.add(text("resolution.row.no-name"));
    }
    return problems;
  }
}
