package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Spring Batch's job repository says of a run: it counts lines, records and orders. */
class JobRepositoryTest extends JobTest {

  /** More than a page. */
  private static final int CAPTURES = 4_100;

  @Test
  void readingCountsLinesAndRecordsAndTheLinesThatWereRejected() {
    var captures = new ArrayList<String>();
    for (var i = 0; i < CAPTURES; i++) {
      captures.add(capture("o" + i, "c" + i).json());
    }
    captures.add(2_000, "no json");
    captures.add(4_050, "");
    captures.add(4_060, "{}");
    feed.lines("captures", DAY, captures);
    feed.refunds(DAY, refund("o1", "r1"));
    nightly(DAY);

    assertThat(counts("read-captures"))
        .containsExactly("4102 read, 0 filtered, 4100 written, 2 skipped");
    assertThat(sumOf("captures:%")).isEqualTo(counts("read-captures").get(0));
    assertThat(counts("read-refunds")).containsExactly("1 read, 0 filtered, 1 written, 0 skipped");
    assertThat(counts("read-releases")).containsExactly("0 read, 0 filtered, 0 written, 0 skipped");
  }

  @Test
  void decidingCountsOrdersAndThoseThatStayAsTheyWere() {
    feed.captures(DAY, capture("o1", "A"), capture("o2", "B"), capture("o3", "C"));
    feed.refunds(DAY, refund("o1", "r1"), refund("o2", "r2"), refund("o3", "r3"));
    nightly(DAY);
    assertThat(counts("decide-orders")).containsExactly("3 read, 0 filtered, 3 written, 0 skipped");

    feed.captures(DAY, capture("o1", "A"), capture("o2", "B").of(1_00), capture("o3", "C"));
    nightly(DAY);
    rerun(DAY, DAY);
    assertThat(counts("decide-orders"))
        .containsExactly(
            "3 read, 0 filtered, 3 written, 0 skipped",
            "1 read, 0 filtered, 1 written, 0 skipped",
            "3 read, 3 filtered, 0 written, 0 skipped");
    assertThat(number("select sum(last_n - first_n + 1) from decided_range")).isEqualTo(3);
  }

  @Test
  void whatARunThatIsCarriedOnDoesIsCountedOnce() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    failAtRow("proved_range", 1);
    nightlyFails(DAY);
    failNoMore();
    nightly(DAY);

    assertThat(counts("decide-orders")).containsExactly("1 read, 0 filtered, 1 written, 0 skipped");
    assertThat(counts("read-captures"))
        .containsExactly(
            "1 read, 0 filtered, 1 written, 0 skipped", "0 read, 0 filtered, 0 written, 0 skipped");
  }

  /** By execution. */
  private List<String> counts(String step) {
    return texts(
        """
        select format('%s read, %s filtered, %s written, %s skipped', read_count, filter_count, write_count,
          read_skip_count + process_skip_count + write_skip_count)
        from recredit_batch.batch_step_execution where step_name = ? order by step_execution_id
        """,
        step);
  }

  private String sumOf(String steps) {
    return texts(
            """
            select format('%s read, %s filtered, %s written, %s skipped', sum(read_count), sum(filter_count),
              sum(write_count), sum(read_skip_count + process_skip_count + write_skip_count))
            from recredit_batch.batch_step_execution where step_name like ?
            """,
            steps)
        .get(0);
  }
}
