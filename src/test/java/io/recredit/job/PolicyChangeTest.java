package io.recredit.job;

import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.Policies;
import io.recredit.allocation.Policies.Ambiguous;
import io.recredit.allocation.Policies.Spanning;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PolicyChangeTest extends JobTest {

  @Test
  void spanningDecidesEveryOrderAnewAndBack() {
    feed.captures(
        DAY, capture("o1", "A").line("TSHIRT", 100_00), capture("o1", "B").line("MUG", 100_00));
    feed.refunds(DAY, refund("o1", "r1").of(30_00).line("TSHIRT", 10_00).line("MUG", 20_00));
    changesAndBack(
        policies -> with(policies, Spanning.REJECT, policies.ambiguous()), "r1: SPANS_CAPTURES");
  }

  @Test
  void ambiguousDecidesEveryOrderAnewAndBack() {
    feed.captures(
        DAY, capture("o1", "A").line("TSHIRT", 100_00), capture("o1", "B").line("TSHIRT", 100_00));
    feed.refunds(DAY, refund("o1", "r1").of(30_00).line("TSHIRT", 30_00));
    changesAndBack(
        policies -> with(policies, policies.spanning(), Ambiguous.REJECT), "r1: AMBIGUOUS_CAPTURE");
  }

  @Test
  void returnFeeCountriesDecideEveryOrderAnewAndBack() {
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(
        DAY,
        refund("o1", "r1")
            .of(95_00)
            .line("TSHIRT", 100_00)
            .lineOf(Map.of("type", "return_fee", "total_amount", -5_00)));
    changesAndBack(
        policies ->
            Policies.of(policies.spanning(), policies.ambiguous(), Set.of(), policies.timeZone()),
        "r1: RETURN_FEE_NOT_ELIGIBLE");
  }

  /** Another day's run is enough: no file of the order is read again. */
  private void changesAndBack(UnaryOperator<Policies> change, String exception) {
    feed.nothing(NEXT_DAY);
    nightly(DAY);
    assertThat(credits()).isNotEmpty();
    var before = everything();

    policy(change);
    assertThat(everything()).isEqualTo(before);
    nightly(NEXT_DAY);
    assertThat(exceptions()).containsExactly(exception);
    assertThat(credits()).isEmpty();

    policy(policies -> Policies.DEFAULT);
    nightly(NEXT_DAY);
    assertThat(everything()).isEqualTo(before);
    assertThat(
            texts(
                "select to_jsonb(array[spanning, ambiguous, return_fee_countries::text])::text from recredit.run order by run_id"))
        .satisfies(
            runs -> assertThat(runs.get(0)).isEqualTo(runs.get(2)).isNotEqualTo(runs.get(1)));
  }

  private static Policies with(Policies policies, Spanning spanning, Ambiguous ambiguous) {
    return Policies.of(spanning, ambiguous, policies.returnFeeCountries(), policies.timeZone());
  }

  @Test
  void businessDatesFollowTheTimeZone() {
    feed.captures(DAY, capture("o1", "A").at("2026-11-19T12:00:00Z"));
    feed.refunds(
        DAY,
        refund("o1", "before").of(1).at("2026-11-19T23:59:59.999999Z"),
        refund("o1", "after").of(2).at("2026-11-20T00:00:00Z"),
        refund("o2", "stockholm").of(4).at("2026-11-20T22:59:59.999999Z"),
        refund("o3", "behind").of(8).at("2026-11-20T23:00:00Z"));
    nightly(DAY);
    assertThat(businessDates())
        .containsExactly("2026-11-19 SEK 1", "2026-11-20 SEK 2", "2026-11-20 unknown 12");

    timeZone("Europe/Stockholm");
    feed.nothing(NEXT_DAY);
    nightly(NEXT_DAY);
    assertThat(businessDates())
        .containsExactly("2026-11-20 SEK 3", "2026-11-20 unknown 4", "2026-11-21 unknown 8");

    timeZone("Pacific/Kiritimati");
    nightly(NEXT_DAY);
    assertThat(businessDates()).containsExactly("2026-11-20 SEK 3", "2026-11-21 unknown 12");
    assertThat(proof.ofEverything()).isEmpty();
  }

  private List<String> businessDates() {
    return texts(
        """
        select business_date || ' ' || coalesce(currency, 'unknown') || ' ' || refunded_amount
        from recredit.daily_reconciliation order by business_date, currency
        """);
  }

  @Test
  void aRerunDecidesTheOrdersOfItsRangeInTheTimeZone() {
    timeZone("Europe/Stockholm");
    feed.captures(DAY);
    feed.refunds(
        DAY,
        refund("o1", "r1").at("2026-11-20T22:59:59.999999Z"),
        refund("o2", "r2").at("2026-11-20T23:00:00Z"),
        refund("o3", "r3").at("2026-11-21T22:59:59.999999Z"),
        refund("o4", "r4").at("2026-11-21T23:00:00Z"));
    feed.nothing(NEXT_DAY);
    nightly(DAY);
    var run = rerun(NEXT_DAY, NEXT_DAY);

    assertThat(texts("select orders_decided from recredit.run where run_id = ?", run.runId()))
        .containsExactly("2");
    assertThat(texts("select order_id from order_to_decide order by order_id"))
        .containsExactly("o2", "o3");
  }

  @Test
  void theDecisionsDateIsThatOfTheRunInTheTimeZone() {
    timeZone("Europe/Stockholm");
    clock.set("2026-11-20T23:30:00Z");
    feed.captures(DAY, capture("o1", "A"));
    feed.refunds(DAY, refund("o1", "r1"));
    nightly(DAY);

    assertThat(texts("select decided_on from recredit.invoice_credit"))
        .containsExactly("2026-11-21");
    assertThat(texts("select read_at at time zone 'UTC' from recredit.input_file limit 1"))
        .containsExactly("2026-11-20 23:30:00");
  }

  @Test
  void everyVersionOfThePoliciesStaysReadableWithWhoChangedThemAndWhen() {
    clock.set("2026-11-20T10:00:00Z");
    policy(policies -> with(policies, Spanning.REJECT, Ambiguous.CHOOSE));
    policy(policies -> with(policies, Spanning.REJECT, Ambiguous.REJECT));

    assertThat(
            texts(
                "select format('%s %s %s %s', changed_at at time zone 'UTC', changed_by, spanning, ambiguous) from recredit.policy"))
        .containsExactly(
            "2026-11-20 10:00:00 tester (recredit_job) reject choose",
            "2026-11-20 10:00:00 tester (recredit_job) reject reject");
    assertThat(policyStore.current())
        .isEqualTo(with(Policies.DEFAULT, Spanning.REJECT, Ambiguous.REJECT));
  }
}
