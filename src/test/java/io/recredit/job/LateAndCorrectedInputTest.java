package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LateAndCorrectedInputTest extends JobTest {

  @Test
  void whenTheCaptureComesLateThenTheExceptionBecomesACredit() {
    feed.captures(DAY);
    feed.refunds(DAY, refund("o1", "r1").of(40_00));
    nightly(DAY);
    assertThat(exceptions()).containsExactly("r1: NO_CAPTURE");

    feed.captures(NEXT_DAY, capture("o1", "A"));
    feed.refunds(NEXT_DAY);
    nightly(NEXT_DAY);

    assertThat(exceptions()).isEmpty();
    assertThat(credits()).containsExactly("r1 to A: 4000 by SOLE_CAPTURE");
    assertThat(balances()).containsExactly("A: 10000 - 4000 = 6000, unallocated 0");
  }
}
