package io.recredit.job;

import static io.recredit.job.WalkEvent.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.ShownTables;
import io.recredit.allocation.NaiveOutcome;
import io.recredit.allocation.Policies;
import io.recredit.allocation.Reason;
import io.recredit.allocation.Resolution;
import io.recredit.run.Run;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Holds what is shown behind each command of a walk against the law: the tables are those of the
 * files as last read by the second engine, a decision is written only where it is another one, and
 * in the end every run's tables can still be read.
 */
final class LawChecks {

  /** The decisions in force: each with its run, and all else that is known of it. */
  private static final String DECISIONS =
      """
      select d.refund_id, d.since_run,
        (to_jsonb(d) - array['since_run', 'until_run'])::text || coalesce((
          select string_agg((to_jsonb(c) - 'since_run')::text, ' ' order by c.capture_id)
          from credit c where c.refund_id = d.refund_id and c.since_run = d.since_run), '') as content
      from decision d
      where d.until_run is null
      """;

  /** Until when the books are closed where they are not: no refund is as old. */
  static final LocalDate OPEN = LocalDate.of(1, 1, 1);

  private record Decided(long run, String content) {}

  /** What was shown, by relation, and what then counted because a document had it. */
  private record Shown(Map<String, List<String>> relations, Set<String> fromDocuments) {

    Shown without(NaiveErasing erasing) {
      return new Shown(erasing.shown(relations, fromDocuments), fromDocuments);
    }
  }

  private final JobTest test;
  private final Set<Enum<?>> reached;
  private final Map<FileName, Long> withdrawn = new TreeMap<>();
  private final List<Policies> policies = new ArrayList<>();
  private final Map<Long, Shown> shownBehind = new LinkedHashMap<>();
  private final KnownOrders known = new KnownOrders();
  private final Set<String> erased = new TreeSet<>();
  private LocalDate closed = OPEN;
  private LocalDate prunedBefore = LocalDate.MIN;
  private boolean isOfAnotherVersion;
  private NaiveInput input = NaiveInput.none();
  private NaiveTables tables = new NaiveTables(List.of(), Policies.DEFAULT);
  private SortedMap<String, PayoutReport> reports = new TreeMap<>();
  private NaivePayouts payouts =
      new NaivePayouts(reports, input, tables, Policies.DEFAULT.timeZone(), Set.of());
  private Map<String, Decided> decisions = Map.of();
  private Shown shown = new Shown(Map.of(), Set.of());

  private static final String BESIDE_RESOLUTIONS =
      """
      select format('%s %s %s', refund_id, rules_decision, (
        select string_agg(part.key || '=' || part.value, ',' order by part.key collate "C")
        from jsonb_each_text(rules_amounts) part))
      from recredit.resolution
      where rules_decision is not null
      """;

  LawChecks(JobTest test, Set<Enum<?>> reached) {
    this.test = test;
    this.reached = reached;
  }

  void reached(WalkEvent event) {
    reached.add(event);
  }

  RandomWalk.Walked walked() {
    return new RandomWalk.Walked(shownBehind.size(), input.histories().size());
  }

  boolean wasRead(String day) {
    return input.wasRead(day);
  }

  /** Whether a run that reads this must be told that so much is meant to be gone. */
  boolean refuses(Map<FileName, NaiveReading> read) {
    return read.entrySet().stream()
        .anyMatch(
            file -> {
              var before = input.readings().get(file.getKey());
              return before != null && before.isHardlyMeantToBecome(file.getValue());
            });
  }

  /** Behind a run that did not finish. */
  void nothingIsShownOfIt() {
    if (!shownBehind.isEmpty()) {
      assertSame("behind a run that failed", everythingShown(new HashMap<>()), shown.relations());
      filesAreAsLastRead();
    }
  }

  /** Behind a run that read what is in the folder of payouts. */
  void holdsBehind(
      Run run,
      Map<FileName, NaiveReading> read,
      Map<String, PayoutReport> folder,
      Policies policies) {
    folder.forEach(
        (name, report) -> {
          var before = reports.get(name);
          if (report.isReport()) {
            reports.put(
                name,
                before != null && !report.isReadable()
                    ? before.rejecting(report.rejected())
                    : report);
          }
          if (before != null && report.isReport() && !before.equals(report)) {
            reached(A_REPORT_WAS_READ_AGAIN);
          }
        });
    if (!folder.isEmpty() && !folder.keySet().containsAll(reports.keySet())) {
      reached(A_REPORT_WAS_GONE);
    }
    holdsBehind(run, read, policies);
  }

  /** Settlement reports as last read. */
  Map<String, PayoutReport> reports() {
    return new TreeMap<>(reports);
  }

  void holdsBehind(Run run, Map<FileName, NaiveReading> read, Policies policies) {
    read.forEach(
        (file, reading) -> {
          var before = input.readings().get(file);
          withdrawn.put(file, before == null ? 0L : before.goneIn(reading));
        });
    holdsBehind(run, input.and(read, isOfAnotherVersion), policies);
    isOfAnotherVersion = false;
  }

  /** From here to the next run that finishes: it reads again what it knows. */
  void isOfAnotherVersion() {
    isOfAnotherVersion = true;
  }

  void holdsBehindResolving(
      Run run, Map<String, Optional<Resolution>> resolved, Policies policies) {
    holdsBehind(run, input.resolved(resolved), policies);
  }

  /** All orders ever read; and lists of those of which there is more to erase than of most. */
  List<List<String>> erasable() {
    var rejected =
        input.readings().values().stream()
            .flatMap(r -> r.rejected().keySet().stream().map(n -> r.lines().get(n - 1).content()))
            .flatMap(Stream::ofNullable)
            .map(FeedRecord::orderId);
    var resolved =
        resolvable().stream()
            .filter(of -> isResolved(of.ruling().refund().refundId()))
            .map(of -> of.history().orderId());
    var inPayouts =
        reports.values().stream()
            .flatMap(report -> report.rows().stream().map(PayoutReport.Row::orderId))
            .flatMap(Stream::ofNullable)
            .filter(order -> order.startsWith("paid-"));
    return Stream.of(
            known.all(), known.ofMovedItems(), rejected, resolved, erased.stream(), inPayouts)
        .map(orders -> orders.filter(id -> !id.isEmpty()).distinct().sorted().toList())
        .filter(orders -> !orders.isEmpty())
        .toList();
  }

  Set<String> erased() {
    return erased;
  }

  /** From here on; of earlier runs too, and though its own did not finish. */
  void erased(String order) {
    var erasing = known.erasing(order);
    noteErasing(erasing);
    erased.add(order);
    input = input.without(erasing);
    shown = shown.without(erasing);
    shownBehind.replaceAll((run, shownThen) -> shownThen.without(erasing));
  }

  /** Behind the run that did. What was shown before is not whole any more. */
  void pruned(Run run, LocalDate before, Policies policies) {
    prunedBefore = before;
    shownBehind.clear();
    var left = input.pruned(order -> known.isOld(order, before, policies.timeZone()));
    if (!left.equals(input)) {
      reached(A_SNAPSHOT_WAS_PRUNED);
    }
    holdsBehind(run, left, policies);
  }

  /** Whether the files of the day are not read any more. */
  boolean isPruned(LocalDate day) {
    return day.isBefore(prunedBefore);
  }

  NaiveInput input() {
    return input;
  }

  /** What of its refunds an accountant may resolve: exceptions, and what was resolved before. */
  List<NaiveTables.Ruled> resolvable() {
    return tables.ruled().values().stream()
        .filter(
            ruled ->
                ruled.isException()
                    || input.resolutions().containsKey(ruled.ruling().refund().refundId()))
        .toList();
  }

  boolean isResolved(String refundId) {
    return input.resolutions().containsKey(refundId);
  }

  /** The same by the same person: it would not be written again. */
  boolean isResolvedAlready(Map.Entry<String, Optional<Resolution>> resolved) {
    var before = input.resolutions().get(resolved.getKey());
    return before != null
        && resolved
            .getValue()
            .filter(now -> now.parts().equals(before.parts()))
            .filter(now -> now.resolvedAmount() == before.resolvedAmount())
            .isPresent();
  }

  /** Whether one of these would not hold from the start: then none of them is made. */
  boolean refusesToResolve(Map<String, Optional<Resolution>> resolved, Policies policies) {
    var after = new NaiveTables(input.resolved(resolved).histories(), policies);
    return resolved.entrySet().stream()
        .filter(resolution -> resolution.getValue().isPresent())
        .anyMatch(
            resolution -> {
              var ruled = after.ruled().get(resolution.getKey());
              return ruled != null && ruled.ruling().outcome().reason() == Reason.RESOLUTION_VOID;
            });
  }

  private void holdsBehind(Run run, NaiveInput inputNow, Policies policies) {
    assertThat(run.policies()).isEqualTo(policies);
    var inputBefore = input;
    var tablesBefore = tables;
    var payoutsBefore = payouts;
    input = inputNow;
    tables = new NaiveTables(input, policies);
    payouts = new NaivePayouts(reports, input, tables, policies.timeZone(), erased);
    known.add(input, tables);
    var plainly = new HashMap<String, List<String>>();
    shown = new Shown(everythingShown(plainly), input.fromDocuments());
    assertSame("run " + run.runId(), plainly, tables.rows());
    assertSame("run " + run.runId(), plainly, payouts.rows());
    assertThat(test.newDifferences(run))
        .as("what newly does not fit of events by run %d", run.runId())
        .isEqualTo(tables.newDifferences(tablesBefore));
    assertThat(shown.relations().getOrDefault("refund_exception", List.of()))
        .as("what was erased is said anew")
        .noneMatch(row -> row.contains(NaiveErasing.ERASED));
    assertSame(
        "what the rules say beside resolutions",
        Map.of("resolution", test.texts(BESIDE_RESOLUTIONS)),
        Map.of("resolution", tables.besideResolutions()));
    assertSame(
        "what the journal comes to",
        Map.of("journal", test.texts(NaiveTables.positionsOfJournal(closed))),
        Map.of("journal", tables.positions(closed)));
    everythingIsPostedWhereTheBooksAreOpen(run);
    assertThat(test.closedPeriods.broken()).isEmpty();
    filesAreAsLastRead();
    onlyWhatChangedIsWritten(run.runId());
    shownBehind.put(run.runId(), shown);
    noteWhatIsShown();
    note(run, inputBefore, tablesBefore);
    if (payouts.isAnyPaidOtherwise(payoutsBefore)) {
      reached(A_REFUND_WAS_PAID_OUT_BY_ANOTHER_ROW);
    }
  }

  /** On its own day, unless that is closed, or not there yet. */
  private void everythingIsPostedWhereTheBooksAreOpen(Run run) {
    var today = run.policies().businessDate(run.startedAt());
    var firstOpen = closed.equals(OPEN) ? today : closed.plusDays(1);
    test.jdbc
        .sql("select entry_id, posting_date, business_date from recredit.journal where run_id = ?")
        .param(run.runId())
        .query(
            row -> {
              var day = row.getObject("business_date", LocalDate.class);
              var isOpen = day.isAfter(closed) && !day.isAfter(today);
              var later = today.isBefore(firstOpen) ? firstOpen : today;
              assertThat(row.getObject("posting_date", LocalDate.class))
                  .as("entry %d of %s", row.getLong("entry_id"), day)
                  .isEqualTo(isOpen ? day : later);
              if (!day.isAfter(closed)) {
                reached(A_CLOSED_DAY_WAS_CORRECTED);
              }
            });
  }

  /** From here on. */
  void closedUntil(LocalDate until) {
    closed = until;
  }

  LocalDate closed() {
    return closed;
  }

  /** With the last version of every file read. */
  void holdsInTheEnd(Map<FileName, List<FileLine>> files) {
    var last = new TreeMap<FileName, NaiveReading>();
    files.forEach((file, lines) -> last.put(file, NaiveReading.of(file.kind(), lines, erased)));
    assertThat(input.readings()).isEqualTo(last);
    assertThat(test.proof.ofEverything()).isEmpty();
    shownBehind.forEach(
        (run, then) ->
            assertSame("as of run " + run, test.everythingShownAsOf(run), then.relations()));
  }

  /** All that is the same however it came about: withdrawn counts what a reading before it had. */
  Map<String, List<String>> everythingComparable() {
    var everything = test.everything();
    everything.put(
        "rejected_record",
        test.texts(ShownTables.rows("recredit.rejected_record", List.of("run_id"))));
    everything.put(
        "input_file",
        test.texts(
            ShownTables.rows(
                "recredit.input_file", List.of("run_id", "read_at", "modified_at", "withdrawn"))));
    everything.put(
        "refund_evidence",
        test.texts(ShownTables.rows("recredit.refund_evidence", List.of("run_id"))));
    return everything;
  }

  static void assertSame(
      String what, Map<String, List<String>> shown, Map<String, List<String>> expected) {
    expected.forEach(
        (table, rows) -> {
          var missing = new ArrayList<>(rows);
          var wrong = new ArrayList<>(shown.getOrDefault(table, List.of()));
          var counted = new HashMap<String, Integer>();
          rows.forEach(row -> counted.merge(row, 1, Integer::sum));
          shown.getOrDefault(table, List.of()).forEach(row -> counted.merge(row, -1, Integer::sum));
          missing.removeIf(row -> counted.getOrDefault(row, 0) <= 0);
          wrong.removeIf(row -> counted.getOrDefault(row, 0) >= 0);
          assertThat(wrong).as("%s, %s: wrong rows; missing: %s", what, table, missing).isEmpty();
          assertThat(missing).as("%s, %s: missing rows", what, table).isEmpty();
        });
  }

  /** And as the second engine has it. */
  private Map<String, List<String>> everythingShown(Map<String, List<String>> plainly) {
    var everything = new LinkedHashMap<String, List<String>>();
    var queries = new LinkedHashMap<String, String>();
    tables.rows().keySet().forEach(table -> queries.put(table, NaiveTables.query(table)));
    NaivePayouts.COLUMNS.forEach(
        (relation, columns) -> queries.put(relation, NaiveTables.query(relation, columns)));
    for (var table : queries.keySet()) {
      var whole = new ArrayList<String>();
      var plain = new ArrayList<String>();
      test.jdbc
          .sql(queries.getOrDefault(table, ""))
          .query(
              row -> {
                plain.add(row.getString("plain"));
                whole.add(row.getString("whole"));
              });
      plain.removeIf(row -> !NaiveTables.isCompared(table, row));
      everything.put(table, whole);
      plainly.put(table, plain);
    }
    return everything;
  }

  private void filesAreAsLastRead() {
    var files = new ArrayList<String>();
    var rejected = new ArrayList<String>();
    input
        .readings()
        .forEach(
            (file, reading) -> {
              files.add(
                  "%s: %d lines, %d accepted, %d repeated, %d rejected, %d withdrawn"
                      .formatted(
                          file,
                          reading.lines().size(),
                          reading.accepted().size(),
                          reading.repeated(),
                          reading.rejected().size(),
                          withdrawn.get(file)));
              if (isPruned(LocalDate.parse(file.day()))) {
                return;
              }
              reading
                  .rejected()
                  .forEach(
                      (line, raw) ->
                          rejected.add("%s %d %s".formatted(file, line, withError(raw))));
            });
    assertSame("files", Map.of("input_file", test.files()), Map.of("input_file", files));
    assertSame(
        "files",
        Map.of(
            "rejected_record",
            test.texts(
                """
                select format('%s %s %s%s', file_name, line_number, raw, case when error = 'Erased.' then ' ' || error end)
                from recredit.rejected_record where kind <> 'payouts'
                """)),
        Map.of("rejected_record", rejected));
    assertSame(
        "reports",
        Map.of(
            "rejected_record",
            test.texts(
                """
                select format('%s %s %s', file_name, line_number, raw)
                from recredit.rejected_record where kind = 'payouts'
                """)),
        Map.of("rejected_record", payouts.rejected()));
  }

  /** Where the line is erased, what was said of it is too. */
  private static String withError(String raw) {
    return raw.equals(NaiveErasing.ERASED) ? raw + " " + raw : raw;
  }

  private void onlyWhatChangedIsWritten(long run) {
    var before = decisions;
    decisions = new HashMap<>();
    test.jdbc
        .sql(DECISIONS)
        .query(
            row -> {
              decisions.put(
                  row.getString("refund_id"),
                  new Decided(row.getLong("since_run"), row.getString("content")));
            });
    var written = 0L;
    for (var decision : decisions.entrySet()) {
      var now = decision.getValue();
      var old = before.getOrDefault(decision.getKey(), new Decided(run, ""));
      var same = old.content().equals(now.content());
      written += same ? 0 : 1;
      assertThat(now.run()).as("run that decided %s", decision).isEqualTo(same ? old.run() : run);
    }
    assertThat(test.number("select count(*) from decision where since_run = " + run))
        .as("decisions that run %d wrote", run)
        .isEqualTo(written);
  }

  private void noteWhatIsShown() {
    reached.addAll(payouts.visited());
    for (var ruled : tables.ruled().values()) {
      reached.addAll(ruled.ruling().visited());
      var outcome = ruled.ruling().outcome();
      if (outcome.reason() != null) {
        reached.add(outcome.reason());
      }
      if (ruled.ruling().is(NaiveOutcome.WRITTEN_OFF)) {
        reached(A_REFUND_WAS_WRITTEN_OFF);
      }
      if (outcome.matchRule() != null) {
        reached.add(outcome.matchRule());
      }
    }
  }

  private void note(Run run, NaiveInput inputBefore, NaiveTables tablesBefore) {
    if (policies.isEmpty() || !run.policies().equals(policies.get(policies.size() - 1))) {
      reached(policies.contains(run.policies()) ? A_POLICY_WAS_CHANGED_BACK : A_POLICY_WAS_CHANGED);
      policies.add(run.policies());
    } else if (input.equals(inputBefore)) {
      reached(A_RERUN_HAD_NO_NEWS);
    }
    noteWhatWasRead(inputBefore);
    tablesBefore
        .ruled()
        .forEach(
            (refund, old) -> {
              var now = tables.ruled().get(refund);
              if (now == null) {
                reached(A_DECIDED_REFUND_WAS_WITHDRAWN);
              } else {
                noteChange(old, now);
              }
            });
  }

  private void noteErasing(NaiveErasing erasing) {
    var order = erasing.order();
    reached(erased.contains(order) ? AN_ERASED_ORDER_WAS_ERASED_AGAIN : AN_ORDER_WAS_ERASED);
    input.inFiles(
        (item, now) -> {
          if (erasing.its().contains(item) && !now.equals(order)) {
            reached(WHAT_MOVED_TO_ANOTHER_ORDER_WAS_ERASED);
          }
        });
    if (reports.values().stream()
        .flatMap(report -> report.rows().stream())
        .anyMatch(row -> order.equals(row.orderId()))) {
      reached(A_PAID_ORDER_WAS_ERASED);
    }
    if (input.resolutions().keySet().stream()
        .anyMatch(refund -> erasing.its().contains("refunds " + refund))) {
      reached(A_RESOLVED_ORDER_WAS_ERASED);
    }
    if (!input.without(new NaiveErasing(order, Set.of(), Set.of())).equals(input)) {
      reached(A_REJECTED_LINE_WAS_ERASED);
    }
  }

  private void noteChange(NaiveTables.Ruled old, NaiveTables.Ruled now) {
    if (!old.history().orderId().equals(now.history().orderId())) {
      reached(A_REFUND_MOVED_TO_ANOTHER_ORDER);
    } else if (old.isException()
        && now.isCredited()
        && old.history().refunds().equals(now.history().refunds())
        && now.history().captures().size() > old.history().captures().size()) {
      reached(A_LATE_CAPTURE_TURNED_AN_EXCEPTION_INTO_A_CREDIT);
    } else if (old.isCredited() && now.isException()) {
      reached(A_CREDIT_BECAME_AN_EXCEPTION);
    }
    if (old.history().releases().isEmpty() && !now.history().releases().isEmpty()) {
      reached(A_RELEASE_CAME_LATER);
    }
  }

  private void noteWhatWasRead(NaiveInput before) {
    before
        .readings()
        .forEach(
            (file, old) -> {
              var now = input.readings().getOrDefault(file, old);
              if (!now.lines().equals(old.lines())
                  && now.accepted().values().stream().anyMatch(r -> erased.contains(r.orderId()))) {
                reached(AN_ERASED_ORDER_WAS_READ_AGAIN);
              }
              if (!now.equals(old)
                  && now.repeated()
                      > NaiveReading.of(file.kind(), now.lines(), Set.of()).repeated()) {
                reached(A_DIFFERENCE_WAS_ERASED);
              }
              if (old.goneIn(now) > 0) {
                reached(A_RECORD_WAS_WITHDRAWN);
              }
              if (old.accepted().entrySet().stream()
                  .anyMatch(
                      r ->
                          !r.getValue()
                              .equals(now.accepted().getOrDefault(r.getKey(), r.getValue())))) {
                reached(A_RECORD_WAS_CORRECTED);
              }
            });
    var counting = input.counting();
    if (counting.size()
        < input.readings().values().stream().mapToInt(reading -> reading.accepted().size()).sum()) {
      reached(AN_ID_WAS_IN_FILES_OF_SEVERAL_DAYS);
    }
    before
        .counting()
        .forEach(
            (id, file) -> {
              if (!counting.getOrDefault(id, file).equals(file)) {
                reached(AN_ID_COUNTED_IN_A_FILE_OF_ANOTHER_DAY);
              }
            });
  }
}
