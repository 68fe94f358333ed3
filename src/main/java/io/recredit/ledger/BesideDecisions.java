package io.recredit.ledger;

import io.recredit.allocation.Resolution.Part;
import io.recredit.evidence.Verdict;
import io.recredit.postgres.CopyBuffer;
import io.recredit.resolution.ShownResolution;
import io.recredit.wording.Proposal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What stands beside decisions, in versions of its own, since it changes without them: what is said
 * of an exception, what the rules alone would do about a resolved refund, what Klarna's record
 * says; and what the rules say of a request that made no refund.
 */
@Repository
class BesideDecisions {

  private static final List<String> TEXT_COLUMNS =
      List.of("refund_id", "since_run", "explanation", "suggestion", "proposed", "why_proposed");

  private static final List<String> EVIDENCE_COLUMNS =
      List.of(
          "refund_id",
          "since_run",
          "order_id",
          "verdict",
          "certainty",
          "decision",
          "explanation",
          "capture_id",
          "amount",
          "decided_capture_id",
          "decided_amount");

  private static final List<String> RULES_COLUMNS =
      List.of("refund_id", "since_run", "order_id", "rules_decision", "capture_id", "amount");

  private static final List<String> REFUSAL_COLUMNS =
      List.of("refusal_id", "since_run", "order_id", "would_be");

  private final JdbcClient jdbc;
  private final Versions versions;

  BesideDecisions(JdbcClient jdbc, Versions versions) {
    this.jdbc = jdbc;
    this.versions = versions;
  }

  /** In force of a page of orders to be decided, by the order's number; as the others here. */
  Map<Long, List<ExceptionText>> texts(long first, long last) {
    return ofPage(
        """
        select t.n, x.refund_id, x.explanation, x.suggestion, x.proposed, x.why_proposed
        from order_to_decide t
        join decision d on d.order_id = t.order_id and d.until_run is null and d.outcome = 'exception'
        join exception_text x on x.refund_id = d.refund_id and x.until_run is null
        where t.n between :first and :last and t.decided
        """,
        first,
        last,
        (row, i) -> text(row));
  }

  Map<Long, List<RulesDecision>> rules(long first, long last) {
    return ofPage(
        """
        select t.n, x.refund_id, x.order_id, x.rules_decision, x.capture_id, x.amount
        from rules_decision x
        join order_to_decide t on t.order_id = x.order_id
        where x.until_run is null and t.n between :first and :last and t.decided
        """,
        first,
        last,
        (row, i) -> rules(row));
  }

  Map<Long, List<EvidenceRow>> evidence(long first, long last) {
    return ofPage(
        """
        select t.n, x.*
        from order_to_decide t
        join refund_evidence x on x.order_id = t.order_id and x.until_run is null
        where t.n between :first and :last and t.decided
        """,
        first,
        last,
        (row, i) -> evidence(row));
  }

  /** Of orders without decisions too. */
  Map<Long, List<RefusalDecision>> refusals(long first, long last) {
    return ofPage(
        """
        select t.n, x.refusal_id, x.order_id, x.would_be
        from order_to_decide t
        join refusal_decision x on x.order_id = t.order_id and x.until_run is null
        where t.n between :first and :last
        """,
        first,
        last,
        (row, i) ->
            new RefusalDecision(
                row.getString("refusal_id"), row.getString("order_id"), row.getString("would_be")));
  }

  private <T> Map<Long, List<T>> ofPage(String sql, long first, long last, RowMapper<T> reader) {
    var byOrder = new HashMap<Long, List<T>>();
    jdbc.sql(sql)
        .param("first", first)
        .param("last", last)
        .query(
            row -> {
              byOrder
                  .computeIfAbsent(row.getLong("n"), n -> new ArrayList<>())
                  .add(Objects.requireNonNull(reader.mapRow(row, 0)));
            });
    return byOrder;
  }

  private static ExceptionText text(ResultSet row) throws SQLException {
    var proposed = row.getString("proposed");
    return new ExceptionText(
        row.getString("refund_id"),
        row.getString("explanation"),
        row.getString("suggestion"),
        proposed == null ? null : new Proposal(proposed, row.getString("why_proposed")));
  }

  private static RulesDecision rules(ResultSet row) throws SQLException {
    return new RulesDecision(
        row.getString("refund_id"),
        row.getString("order_id"),
        row.getString("rules_decision"),
        ShownResolution.parts(row));
  }

  private static EvidenceRow evidence(ResultSet row) throws SQLException {
    var certainty = row.getString("certainty");
    return new EvidenceRow(
        row.getString("refund_id"),
        row.getString("order_id"),
        Verdict.valueOf(row.getString("verdict")),
        certainty,
        row.getString("decision"),
        row.getString("explanation"),
        certainty == null ? null : place(row, ""),
        row.getArray("decided_capture_id") == null ? null : place(row, "decided_"));
  }

  private static Map<String, Long> place(ResultSet row, String which) throws SQLException {
    return ShownResolution.parts(row, which).stream()
        .collect(Collectors.toMap(Part::captureId, Part::amount));
  }

  /** Closes what does not hold any more of some orders, and writes what is new. */
  void write(long runId, Collection<? extends OrderChanges> orders) throws SQLException {
    versions.replace(
        "exception_text",
        TEXT_COLUMNS,
        runId,
        orders,
        OrderChanges::texts,
        (text, to) -> write(text, runId, to));
    versions.replace(
        "rules_decision",
        RULES_COLUMNS,
        runId,
        orders,
        OrderChanges::rules,
        (rules, to) -> write(rules, runId, to));
    versions.replace(
        "refund_evidence",
        EVIDENCE_COLUMNS,
        runId,
        orders,
        OrderChanges::evidence,
        (row, to) -> write(row, runId, to));
    versions.replace(
        "refusal_decision",
        REFUSAL_COLUMNS,
        runId,
        orders,
        OrderChanges::refusals,
        (row, to) -> write(row, runId, to));
  }

  private static void write(RefusalDecision row, long runId, CopyBuffer to) {
    to.text(row.refusalId());
    to.bigint(runId);
    to.text(row.orderId());
    to.text(row.wouldBe());
  }

  private static void write(ExceptionText text, long runId, CopyBuffer to) {
    to.text(text.refundId());
    to.bigint(runId);
    to.text(text.explanation());
    to.text(text.suggestion());
    to.text(text.proposal() == null ? null : text.proposal().resolveAs());
    to.text(text.proposal() == null ? null : text.proposal().why());
  }

  private static void write(RulesDecision rules, long runId, CopyBuffer to) {
    to.text(rules.refundId());
    to.bigint(runId);
    to.text(rules.orderId());
    to.text(rules.rulesDecision());
    to.texts(rules.parts().stream().map(Part::captureId).toList());
    to.bigints(rules.parts().stream().map(Part::amount).toList());
  }

  private static void write(EvidenceRow row, long runId, CopyBuffer to) {
    to.text(row.refundId());
    to.bigint(runId);
    to.text(row.orderId());
    to.text(row.verdict().name());
    to.text(row.certainty());
    to.text(row.decision());
    to.text(row.explanation());
    place(Objects.requireNonNullElse(row.place(), Map.of()), to);
    place(row.decidedPlace(), to);
  }

  private static void place(@Nullable Map<String, Long> place, CopyBuffer to) {
    if (place == null) {
      to.text(null);
      to.text(null);
    } else {
      var sorted = new TreeMap<>(place);
      to.texts(sorted.keySet());
      to.bigints(sorted.values());
    }
  }
}
