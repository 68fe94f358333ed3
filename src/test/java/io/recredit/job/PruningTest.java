package io.recredit.job;

import static io.recredit.job.FeedDocument.document;
import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.input.Readings;
import io.recredit.pruning.Pruning;
import io.recredit.run.CatchUp;
import io.recredit.run.Run;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is old enough is gone where nothing needs it, and what is left is what it was. */
class PruningTest extends JobTest {

  @Autowired private Pruning pruning;
  @Autowired private Readings readings;
  @Autowired private CatchUp catchUp;

  private Run prune(String before) {
    var finished = new ArrayList<Run>();
    asOwner(
        () ->
            reconciliation()
                .runOnce(
                    Run.Kind.PRUNING,
                    () -> pruning.input(LocalDate.parse(before)),
                    said::add,
                    finished::add));
    return finished.get(0);
  }

  /** Order o1 is of the first day alone; o2 has a refund on the next, and o3 is in a file of it. */
  @BeforeEach
  void tenYearsAgo() {
    feed.captures(
        DAY, capture("o1", "A").of(90_00), capture("o2", "B"), capture("o3", "C").of(90_00));
    feed.lines("refunds", DAY, List.of(refund("o1", "r1").of(10_00).json(), "no refund"));
    nightly(DAY);
    feed.captures(DAY, capture("o1", "A"), capture("o2", "B").of(90_00), capture("o3", "C"));
    feed.refunds(DAY, refund("o1", "r1").of(20_00));
    rerun(DAY, DAY);
    feed.captures(NEXT_DAY, capture("o3", "D").at("2026-11-20T09:00:00Z"));
    feed.lines(
        "refunds",
        NEXT_DAY,
        List.of(refund("o2", "r2").at("2026-11-21T09:00:00Z").json(), "no refund either"));
    nightly(NEXT_DAY);
    clock.set("2036-11-21T03:00:00Z");
  }

  private List<String> versions() {
    return texts(
        """
        select capture_id || ' of ' || captured_amount from capture
        union all select refund_id || ' of ' || refunded_amount from refund
        order by 1
        """);
  }

  @Test
  void ofOrdersThatAreOldWhatLaterReadingsReplacedIsGone() {
    assertThat(versions())
        .contains("A of 9000", "B of 10000", "C of 9000", "r1 of 1000", "r1 of 2000");
    var everything = everything();
    var journal = texts("select to_jsonb(j)::text from recredit.journal j order by entry_id");

    var run = prune(NEXT_DAY);

    assertThat(versions())
        .containsExactly(
            "A of 10000",
            "B of 10000",
            "B of 9000",
            "C of 10000",
            "C of 9000",
            "D of 10000",
            "r1 of 2000",
            "r2 of 10000");
    assertThat(rejected()).containsExactly("refunds-2026-11-21.ndjson line 2");
    assertThat(everything()).isEqualTo(everything);
    assertThat(texts("select to_jsonb(j)::text from recredit.journal j order by entry_id"))
        .isEqualTo(journal);
    assertThat(proof.ofEverything()).isEmpty();
    assertThat(runs()).last().isEqualTo("pruning done");
    assertThat(
            texts(
                "select concat_ws(' ', before, whole_from_run, versions, rejected_lines, snapshots) from recredit.pruning"))
        .containsExactly("2026-11-21 %d 2 1 0".formatted(run.runId()));
  }

  @Test
  void earlierRunsAreNotWholeAnyMoreAndSaySo() {
    prune(NEXT_DAY);
    assertThat(texts("select run_id || ' ' || is_whole from recredit.finished_run order by run_id"))
        .containsExactly("1 false", "2 false", "3 false", "4 true");
  }

  @Test
  void ofRefusalsAndEventsTooWhatLaterReadingsReplacedIsGone() {
    clock.set("2026-11-23T03:00:00Z");
    for (var amount : List.of(1, 2)) {
      feed.refusals(
          DAY,
          "{'order_id':'o1','attempted_at':'2026-11-20T11:00:00Z','request':{'refunded_amount':%d}}"
              .formatted(amount));
      feed.events(
          DAY,
          ("{'metadata':{'event_id':'e1','event_type':'payment.transaction.refunded','occurred_at':'2026-11-20T12:00:00Z'},"
                  + "'payload':{'payment_transaction_id':'o1','refunded_amount':%d}}")
              .formatted(amount));
      rerun(DAY, DAY);
    }
    var amounts =
        "select refunded_amount::text from refusal union all select refunded_amount::text from event order by 1";
    assertThat(texts(amounts)).containsExactly("1", "1", "2", "2");
    clock.set("2036-11-23T03:00:00Z");
    prune(NEXT_DAY);
    assertThat(texts(amounts)).containsExactly("2", "2");
  }

  /** A later half of a change without the earlier one would say something else. */
  @Test
  void ofACorrectionBothVersionsAreGone() {
    feed.captures(NEXT_DAY, capture("o4", "E").of(100_00).at("2026-11-20T09:00:00Z"));
    clock.set("2026-11-23T03:00:00Z");
    rerun(NEXT_DAY, NEXT_DAY);
    feed.nothing(DAY_AFTER);
    feed.captures(DAY_AFTER, capture("o4", "E").of(90_00).at("2026-11-20T09:00:00Z"));
    nightly(DAY_AFTER);
    feed.captures(DAY_AFTER, capture("o4", "E").of(80_00).at("2026-11-20T09:00:00Z"));
    rerun(DAY_AFTER, DAY_AFTER);
    var changes = "select change from recredit.input_change where id = 'E' order by run_id";
    assertThat(texts(changes)).containsExactly("corrected", "corrected");
    clock.set("2036-11-23T03:00:00Z");
    prune("2026-11-23");
    assertThat(texts(changes)).isEmpty();
  }

  @Test
  void filesOfDaysBeforeAreNotReadAgainAndNobodyWaitsForThem() {
    feed.nothing("2026-11-24");
    nightly("2026-11-24");
    clock.set("2036-11-26T03:00:00Z");
    assertThat(refused(() -> prune("2026-11-24")).getMessage())
        .isEqualTo(
            "Days before 2026-11-24 were never read, and could not be any more: 2026-11-22 to 2026-11-23."
                + " Have them delivered, or skip them: nightly --skip D..D --by NAME. Nothing was pruned.");
    var never = List.of(LocalDate.parse(DAY_AFTER), LocalDate.parse("2026-11-23"));
    readings.skip(never, "Karin", clock.instant(), null);
    prune("2026-11-24");
    feed.captures(DAY, capture("o1", "A").of(80_00));
    feed.nothing(DAY_AFTER);
    var refused = refused(() -> command(rerunOf(DAY, "2026-11-24"), new ArrayList<>()));
    assertThat(refused.getMessage())
        .isEqualTo(
            "Files of days before 2026-11-24 are not read again: what earlier readings of them said was pruned."
                + " Name days from then on, and not 2026-11-20; nothing was read.");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(catchUp.days(feed.folder())).first().isEqualTo(LocalDate.parse("2026-11-25"));
    rerun("2026-11-24", "2026-11-24");
  }

  @Test
  void whereNothingIsTakenOutEarlierRunsStayWhole() {
    database.clear();
    clock.set("2026-11-23T03:00:00Z");
    feed.refunds(DAY, refund("o1", "r1").of(20_00));
    nightly(DAY);
    clock.set("2036-11-21T03:00:00Z");
    prune(NEXT_DAY);
    assertThat(texts("select took_something::text from recredit.pruning")).containsExactly("false");
    assertThat(texts("select distinct is_whole::text from recredit.finished_run"))
        .containsExactly("true");
  }

  @Test
  void whereNothingIsOfDaysBeforeNothingIsDone() {
    said.clear();
    asOwner(
        () ->
            reconciliation()
                .runOnce(
                    Run.Kind.PRUNING,
                    () -> pruning.input(LocalDate.parse(DAY)),
                    said::add,
                    run -> {
                      throw new AssertionError(run);
                    }));
    assertThat(said).hasSize(1);
    assertThat(texts("select before::text from recredit.pruning")).isEmpty();
  }

  @Test
  void whatMustBeKeptIsNotPruned() {
    assertThat(refused(() -> prune("2026-11-22")).getMessage())
        .isEqualTo(
            "What is of 2026-11-21 must be kept until 2036-11-22, 10 years (RECREDIT_KEEP_YEARS)."
                + " Name a day up to 2026-11-21; nothing was pruned.");
    assertThat(texts("select before::text from recredit.pruning")).isEmpty();
    assertThat(number("select count(*) from rejected_record")).isEqualTo(2);
  }

  @Test
  void snapshotsThatNothingIsWorkedOutFromAreGone() {
    feed.orders(
        DAY,
        snapshot("10:00", 50_00),
        snapshot("12:30", 50_00).with("merchant_reference1", "SHOP-77"),
        snapshot("13:00", 20_00),
        snapshot("14:00", 20_00),
        document("o1").readAt("2026-11-20T15:00:00Z").capture("A", 100_00, null),
        snapshot("16:00", 20_00),
        snapshot("17:00", 20_00));
    clock.set("2026-11-23T03:00:00Z");
    rerun(DAY, DAY);
    var evidence = texts("select to_jsonb(e)::text from recredit.refund_evidence e order by 1");
    assertThat(evidence).hasSize(1);
    clock.set("2036-11-21T03:00:00Z");
    prune(NEXT_DAY);

    assertThat(
            texts(
                "select to_char(read_at at time zone 'UTC', 'HH24:MI') from recredit.order_snapshot order by read_at"))
        .containsExactly("12:30", "13:00", "17:00");
    assertThat(texts("select order_reference from recredit.refund_evidence"))
        .containsExactly("SHOP-77");
    assertThat(number("select snapshots from recredit.pruning")).isEqualTo(4);
    assertThat(texts("select to_jsonb(e)::text from recredit.refund_evidence e order by 1"))
        .isEqualTo(evidence);

    feed.refunds(NEXT_DAY, refund("o1", "r9").of(1_00).at("2026-11-21T10:00:00Z"));
    feed.captures(NEXT_DAY);
    rerun(NEXT_DAY, NEXT_DAY);
    assertThat(
            texts(
                "select verdict || ' ' || certainty from recredit.refund_evidence where refund_id = 'r1'"))
        .containsExactly("AS_DECIDED PROVEN");
    assertThat(proof.ofEverything()).isEmpty();
  }

  /** Of r1 on capture A, as Klarna has it. */
  private static FeedDocument snapshot(String at, long refunded) {
    return document("o1")
        .readAt("2026-11-20T%s:00Z".formatted(at))
        .capture("A", 100_00, refunded)
        .refund("r1", 20_00);
  }

  @Test
  void whatIsGoneStaysSoThoughTheRunFails() {
    sql(
        """
        create function fail_at_row() returns trigger language plpgsql as $$
        begin raise exception 'no more room'; end $$;
        create trigger fail_at_row before update on run for each row when (new.status = 'done')
          execute function fail_at_row()
        """);
    assertThat(refused(() -> prune(NEXT_DAY)).getMessage()).contains("no more room");
    failNoMore();
    assertThat(runs()).last().isEqualTo("pruning undone");
    assertThat(versions()).doesNotContain("A of 9000");
    rerun(NEXT_DAY, NEXT_DAY);
    assertThat(texts("select run_id || ' ' || is_whole from recredit.finished_run order by run_id"))
        .containsExactly("1 false", "2 false", "3 false", "5 true");
  }

  @Test
  void whereTheProofDoesNotHoldNothingIsPruned() {
    sql("update credit set credited_amount = credited_amount + 1");
    assertThat(refused(() -> prune(NEXT_DAY)).getMessage()).contains("r1");
    assertThat(versions()).contains("A of 9000");
    assertThat(texts("select before::text from recredit.pruning")).isEmpty();
    assertThat(runs()).last().isEqualTo("pruning undone");
  }
}
