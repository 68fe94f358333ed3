package io.recredit.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.status.Unusual.What;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnusualTest {

  @Test
  void moreThanThreeTimesTheMedianAndMoreThanTenAboveItIsUnusual() {
    assertThat(Unusual.of(What.REFUNDS, days(31L, 10L, 8)))
        .contains(new Unusual(What.REFUNDS, 31, 10));
    assertThat(Unusual.of(What.REFUNDS, days(30L, 10L, 8))).isEmpty();
    assertThat(Unusual.of(What.REFUNDS, days(11L, 1L, 8))).isEmpty();
    assertThat(Unusual.of(What.REFUNDS, days(12L, 1L, 8))).isPresent();
  }

  @Test
  void noneIsUnusualWhereEveryDayBeforeHadSome() {
    assertThat(Unusual.of(What.EXCEPTIONS, days(0L, 1L, 7))).isPresent();
    var one = new ArrayList<>(days(0L, 1L, 7));
    one.set(3, 0L);
    assertThat(Unusual.of(What.EXCEPTIONS, one)).isEmpty();
  }

  @Test
  void fewerThanSevenDaysTellNothing() {
    assertThat(Unusual.of(What.REJECTED, days(1_000L, 1L, 6))).isEmpty();
    assertThat(Unusual.of(What.REJECTED, days(1_000L, 1L, 7))).isPresent();
    assertThat(Unusual.of(What.REJECTED, List.of())).isEmpty();
  }

  @Test
  void daysOfWhichItIsNotKnownDoNotCount() {
    assertThat(Unusual.of(What.EXCEPTIONS, days(1_000L, null, 30))).isEmpty();
    assertThat(Unusual.of(What.EXCEPTIONS, days(null, 1L, 30))).isEmpty();
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
    assertThat(Unusual.of(What.REFUNDS, Arrays.asList(100L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 90L)))
        .contains(new Unusual(What.REFUNDS, 100, 4.5));
  }

  private static List<@Nullable Long> days(@Nullable Long last, @Nullable Long before, int days) {
    var counts = new ArrayList<@Nullable Long>();
    counts.add(last);
    counts.addAll(Collections.nCopies(days, before));
    return counts;
  }
}
