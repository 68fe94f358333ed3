package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.store.DeadRows;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What keeps a night as cheap after years as it was at first. */
class ManyNightsTest extends JobTest {

  @Autowired private DeadRows deadRows;

  /** BRIN indexes point to every stretch of 128 pages that they have not summarized. */
  @Test
  void whatANightBroughtIsFoundWithoutALookAtOtherNights() {
    var words = "word ".repeat(300);
    feed.captures(
        DAY,
        IntStream.range(0, 1_000)
            .mapToObj(n -> capture("o" + n, "A" + n).with("reference", "x".repeat(200)))
            .map(capture -> capture.with("klarna_reference", "y".repeat(250)))
            .map(capture -> capture.line("w".repeat(250), 50_00).line("z".repeat(250), 50_00))
            .toArray(FeedRecord[]::new));
    feed.refunds(
        DAY,
        IntStream.range(0, 1_500)
            .mapToObj(n -> refund("o" + n, "r" + n).line("v".repeat(250), 100_00))
            .map(refund -> refund.with("description", words))
            .toArray(FeedRecord[]::new));
    nightly(DAY);

    assertThat(
            texts(
                """
                select t.relname || ': ' || brin_summarize_new_values(i.indexrelid) || ' of ' ||
                  case when pg_relation_size(t.oid) > 128 * 8192 then 'several' else 'one' end
                from pg_index i
                join pg_class t on t.oid = i.indrelid
                join pg_class c on c.oid = i.indexrelid
                join pg_am a on a.oid = c.relam
                where a.amname = 'brin' and t.relnamespace = 'recredit_store'::regnamespace
                order by 1
                """))
        .containsExactly(
            "capture: 0 of several",
            "credit: 0 of one",
            "decision: 0 of several",
            "refund: 0 of several",
            "release: 0 of one");
  }

  /** Nothing but time is lost where it does not work; it would not be noticed. */
  @Test
  void theRowsOfALargeNightAreNotedWhileItIsRead() {
    feed.captures(
        DAY,
        IntStream.range(0, 20_000)
            .mapToObj(n -> capture("o" + n, "A" + n))
            .map(capture -> capture.with("reference", "x".repeat(250)))
            .map(capture -> capture.with("klarna_reference", "y".repeat(250)))
            .map(capture -> capture.line("w".repeat(250), 50_00).line("z".repeat(250), 50_00))
            .toArray(FeedRecord[]::new));
    feed.refunds(DAY);
    failAtRow("input_file", 1); // the step behind the reading, which would note the rest
    nightlyFails(DAY);

    var ranges = number("select pg_relation_size('recredit_store.capture') / (128 * 8192)");
    assertThat(number("select brin_summarize_new_values('recredit_store.capture_as_it_came')"))
        .isBetween(1L, ranges * 2 / 3);
    failNoMore();
  }

  @Test
  void theRoomOfDeadRowsIsMadeFree() {
    sql(
        "create table gone as select n from generate_series(1, 11000) n; delete from gone; select pg_stat_force_next_flush()");
    var dead =
        "select n_dead_tup from pg_stat_all_tables where relid = 'recredit_store.gone'::regclass";
    assertThat(number(dead)).isEqualTo(11_000);

    deadRows.clear();

    assertThat(number(dead)).isZero();
    sql("drop table gone");
  }
}
