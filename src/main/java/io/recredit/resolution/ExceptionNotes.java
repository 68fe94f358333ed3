package io.recredit.resolution;

import io.recredit.wording.UserException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What was done about exceptions, in versions like their resolutions. */
@Repository
class ExceptionNotes {

  private final JdbcClient jdbc;

  ExceptionNotes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What of these can be noted and is not yet; a sentence goes to wrong for each that cannot be.
   */
  @Transactional(readOnly = true)
  List<CheckedNote> checked(Collection<NoteRequest> requests, Collection<String> wrong) {
    var ids = requests.stream().map(NoteRequest::refundId).distinct().toArray(String[]::new);
    var now = open(ids);
    var seen =
        requests.stream()
            .map(NoteRequest::seenRun)
            .filter(Objects::nonNull)
            .distinct()
            .collect(Collectors.toMap(Function.identity(), run -> openAsOf(run, ids)));
    var checked = new ArrayList<CheckedNote>();
    for (var request : requests) {
      try {
        var asSeen = seen.getOrDefault(Objects.requireNonNullElse(request.seenRun(), 0L), Map.of());
        CheckedNote.of(request, now.get(request.refundId()), asSeen.get(request.refundId()))
            .ifPresent(checked::add);
      } catch (UserException e) {
        wrong.add(request.said(e.getMessage()));
      }
    }
    return checked;
  }

  private Map<String, ExceptionWork> openAsOf(long run, String[] ids) {
    asOf(String.valueOf(run));
    var open = open(ids);
    asOf("");
    return open;
  }

  private void asOf(String run) {
    jdbc.sql("select set_config('recredit.as_of', ?, true)")
        .param(run)
        .query(String.class)
        .single();
  }

  private Map<String, ExceptionWork> open(String[] ids) {
    return jdbc
        .sql(
            """
            select refund_id, business_date, status, case_id, note
            from recredit.refund_exception
            where refund_id = any(?)
            """)
        .param(ids)
        .query((row, n) -> work(row))
        .list()
        .stream()
        .collect(Collectors.toMap(ExceptionWork::refundId, Function.identity()));
  }

  private static ExceptionWork work(ResultSet row) throws SQLException {
    return new ExceptionWork(
        row.getString("refund_id"),
        Objects.requireNonNull(row.getObject("business_date", LocalDate.class)),
        row.getString("status"),
        row.getString("case_id"),
        row.getString("note"));
  }

  /** Writes a run's notes; each takes the place of the one before it. */
  @Transactional
  void write(long runId, List<CheckedNote> notes, Instant at) {
    for (var one : notes) {
      var work = one.work();
      jdbc.sql("update exception_note set until_run = ? where refund_id = ? and until_run is null")
          .params(runId, work.refundId())
          .update();
      jdbc.sql(
              """
              insert into exception_note (refund_id, since_run, status, case_id, note, noted_by, noted_at)
              values (:refund, :run, :status, :case, :note, :by, :at)
              """)
          .param("refund", work.refundId())
          .param("run", runId)
          .param("status", work.status())
          .param("case", work.caseId())
          .param("note", work.note())
          .param("by", one.request().by())
          .param("at", at.atOffset(ZoneOffset.UTC))
          .update();
    }
  }
}
