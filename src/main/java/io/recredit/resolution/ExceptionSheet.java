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
 * {@code resolve_note} and {@code by} beside what the report says of the refund.
 */
public final class ExceptionSheet {

  /** Of the sheet, and of the CSV file. */
  public static final String NAME = "exceptions";

  public static final String REFUND_ID = "refund_id";
  public static final String RUN_ID = "run_id";
  public static final String STATUS = "status";
  public static final String CASE_ID = "case_id";
  public static final String NOTE = "note";
  public static final String RESOLVE_AS = "resolve_as";
  public static final String RESOLVE_NOTE = "resolve_note";
  public static final String BY = "by";
  public static final String CURRENCY = "currency";
  public static final String REFUNDED_AMOUNT = "refunded_amount";
  public static final String REASON = "reason";

  private static final FilledInTable TABLE =
      new FilledInTable(
          NAME,
          List.of(REFUND_ID, RUN_ID, RESOLVE_AS),
          List.of(STATUS, CASE_ID, NOTE, RESOLVE_AS, RESOLVE_NOTE, BY),
          List.of(CURRENCY, REFUNDED_AMOUNT, REASON));

  private final String noteOfAll;
  private final String byOfAll;
  private final List<ResolutionRequest> requests = new ArrayList<>();
  private final List<NoteRequest> notes = new ArrayList<>();
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
    return new ResolutionRequests(sheet.requests, sheet.notes, sheet.problems, sheet.undecided);
  }

  private void add(FilledInRow row) {
    if (row.text(RESOLVE_AS).isEmpty()) {
      note(row);
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

  /** What the three columns say beyond what they showed is found out later. */
  private void note(FilledInRow row) {
    var seen = seen(row);
    if (!row.text(RESOLVE_NOTE).isEmpty()
        || (!row.text(BY).isEmpty() && row.text(NOTE).isEmpty() && row.text(CASE_ID).isEmpty())) {
      undecided++;
    }
    var saysNothing =
        row.text(NOTE).isEmpty() && row.text(CASE_ID).isEmpty() && row.text(STATUS).isEmpty();
    if (saysNothing) {
      return;
    }
    if (seen == null) {
      problems.add(text("resolution.at", row.place(), text("resolution.row.no-run")));
      return;
    }
    notes.add(
        new NoteRequest(
            row.place(),
            row.text(REFUND_ID),
            row.text(STATUS),
            row.text(CASE_ID),
            row.text(NOTE),
            row.text(BY).isEmpty() ? byOfAll : row.text(BY),
            seen.run()));
  }

  private ResolutionRequest request(FilledInRow row) {
    return new ResolutionRequest(
        row.place(),
        row.text(REFUND_ID),
        ResolveAs.parse(row.text(RESOLVE_AS)),
        row.text(RESOLVE_NOTE).isEmpty() ? noteOfAll : row.text(RESOLVE_NOTE),
        row.text(BY).isEmpty() ? byOfAll : row.text(BY),
        seen(row));
  }

  /** Null where nobody knows what its author saw. */
  private static @Nullable Seen seen(FilledInRow row) {
    var run = row.text(RUN_ID);
    return run.matches("[0-9]{1,18}")
        ? new Seen(
            Long.parseLong(run), row.text(REFUNDED_AMOUNT), row.text(CURRENCY), row.text(REASON))
        : null;
  }

  private static List<String> problems(ResolutionRequest request) {
    var problems = new ArrayList<String>();
    if (request.refundId().isEmpty()) {
      problems.add(text("resolution.row.no-refund"));
    }
    if (request.seen() == null) {
      problems.add(text("resolution.row.no-run"));
    }
    if (request.as().isEmpty()) {
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
