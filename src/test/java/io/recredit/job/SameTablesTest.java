package io.recredit.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.Policies;
import io.recredit.allocation.Policies.Ambiguous;
import io.recredit.allocation.Policies.Spanning;
import io.recredit.store.DecisionRow;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is shown is a function of the files as last read and of the policies: whatever the order of
 * the days, and however often they were run, the tables are the same, and are what the rules say.
 *
 * <p>{@code -Drecredit.seed=...} chooses other random orders.
 */
class SameTablesTest extends JobTest {

  private static final long SEED = Long.getLong("recredit.seed", 20_261_120L);
  private static final int ORDERS = 200;
  private static final List<String> DAYS = List.of(DAY, NEXT_DAY, DAY_AFTER);

  private static final DateTimeFormatter TO_THE_MICROSECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private static final Policies STRICT =
      Policies.of(
          Spanning.REJECT, Ambiguous.REJECT, Set.of("US"), ZoneId.of("Australia/Lord_Howe"));

  @BeforeAll
  static void saySeed() {
    System.out.printf("recredit.seed=%d%n", SEED);
  }

  @Test
  void theSampleComesToTheSameTablesWhateverTheOrderOfItsNights() {
    feed = new Feed(Path.of("jobs", "sample"));
    sameTablesHoweverItIsRun(List.of(DAY, NEXT_DAY));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void randomOrdersComeToTheSameTablesWhateverTheOrderOfTheirNights(long which) {
    var orders = new GeneratedOrders(SEED + which * ORDERS, ORDERS);
    orders.deliver(feed, DAYS);
    sameTablesHoweverItIsRun(DAYS);
    isWhatTheRulesSay(orders, Policies.DEFAULT);
  }

  @Test
  void randomOrdersComeToWhatTheRulesSayByOtherPolicies() {
    var orders = new GeneratedOrders(SEED + 2 * ORDERS, ORDERS);
    orders.deliver(feed, DAYS);
    policy(policies -> STRICT);
    rerun(DAY, DAY_AFTER);
    isWhatTheRulesSay(orders, STRICT);
    var strict = everything();

    policy(policies -> Policies.DEFAULT);
    nightly(DAY);
    isWhatTheRulesSay(orders, Policies.DEFAULT);

    policy(policies -> STRICT);
    nightly(DAY_AFTER);
    assertSame(strict, "policies changed back");
  }

  @Test
  void filesThatAreDeliveredAgainWithOtherContentComeToTheSameAsThoseFilesAlone() {
    var before = new GeneratedOrders(SEED + 3 * ORDERS, ORDERS);
    before.deliver(feed, DAYS);
    rerun(DAY, DAY_AFTER);

    var after = new GeneratedOrders(SEED + 4 * ORDERS, ORDERS);
    after.deliver(feed, DAYS);
    for (var day : List.of(NEXT_DAY, DAY, DAY_AFTER)) {
      done(meantToWithdraw(nightlyOf(day)));
    }
    isWhatTheRulesSay(after, Policies.DEFAULT);
    assertThat(proof.ofEverything()).isEmpty();
  }

  private void sameTablesHoweverItIsRun(List<String> days) {
    var first = days.get(0);
    var last = days.get(days.size() - 1);
    days.forEach(this::nightly);
    var expected = everything();
    assertThat(proof.ofEverything()).isEmpty();
    assertThat(texts("select difference from recredit.daily_reconciliation")).containsOnly("0");

    rerun(first, last);
    assertSame(expected, "and one rerun behind it");
    assertThat(number("select count(*) from decision where since_run = " + (days.size() + 1)))
        .isZero();

    database.clear();
    rerun(first, last);
    assertSame(expected, "one rerun");

    database.clear();
    var reverse = new ArrayList<>(days);
    Collections.reverse(reverse);
    reverse.forEach(this::nightly);
    assertSame(expected, "in reverse order");

    database.clear();
    for (var day : days) {
      nightly(day);
      nightly(day);
    }
    assertSame(expected, "every night twice");
  }

  private void assertSame(Map<String, List<String>> expected, String how) {
    var shown = everything();
    expected.forEach(
        (table, rows) ->
            assertThat(shown.get(table)).as("%s, %s", table, how).containsExactlyElementsOf(rows));
  }

  private void isWhatTheRulesSay(GeneratedOrders orders, Policies policies) {
    var expected =
        orders.decide(policies).stream()
            .map(decision -> DecisionRow.of(decision, policies))
            .toList();
    assertThat(
            texts(
                """
                select concat_ws('|', refund_id, order_id, capture_id, currency, credited_amount, coalesce(credited_tax_amount::text, '-'),
                  return_fee_amount, match_rule, to_char(refunded_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), business_date)
                from recredit.invoice_credit
                """))
        .containsExactlyInAnyOrderElementsOf(
            expected.stream()
                .flatMap(row -> row.credits().stream().map(credit -> text(row, credit)))
                .toList());
    assertThat(
            texts(
                """
                select concat_ws('|', refund_id, order_id, coalesce(currency, '-'), refunded_amount, reason, explanation,
                  suggestion, coalesce(blocking_refund_id, '-'), business_date)
                from recredit.refund_exception
                """))
        .containsExactlyInAnyOrderElementsOf(
            expected.stream()
                .filter(row -> row.reason() != null)
                .map(SameTablesTest::exceptionText)
                .toList());
    assertThat(
            texts(
                "select concat_ws('|', refund_id, duplicate_of, refunded_amount, duplicate_of_amount) from recredit.refund_duplicate"))
        .containsExactlyInAnyOrderElementsOf(
            expected.stream()
                .filter(row -> row.duplicateOf() != null)
                .map(
                    row ->
                        "%s|%s|%s|%s"
                            .formatted(
                                row.refundId(),
                                row.duplicateOf(),
                                row.refundedAmount(),
                                row.duplicateOfAmount()))
                .toList());
    assertThat(
            number("select coalesce(sum(refunds), 0)::bigint from recredit.daily_reconciliation"))
        .isEqualTo(expected.size());
  }

  private static String text(DecisionRow row, DecisionRow.CreditRow credit) {
    return "%s|%s|%s|%s|%d|%s|%d|%s|%s|%s"
        .formatted(
            row.refundId(),
            row.orderId(),
            credit.captureId(),
            row.currency(),
            credit.creditedAmount(),
            credit.creditedTaxAmount() == null ? "-" : credit.creditedTaxAmount(),
            credit.returnFeeAmount(),
            row.matchRule(),
            row.refundedAt().atOffset(ZoneOffset.UTC).format(TO_THE_MICROSECOND),
            row.businessDate());
  }

  private static String exceptionText(DecisionRow row) {
    return "%s|%s|%s|%d|%s|%s|%s|%s|%s"
        .formatted(
            row.refundId(),
            row.orderId(),
            row.currency() == null ? "-" : row.currency(),
            row.refundedAmount(),
            row.reason(),
            row.explanation(),
            row.suggestion(),
            row.blockingRefundId() == null ? "-" : row.blockingRefundId(),
            row.businessDate());
  }
}
