package io.recredit.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.Policies.Evidence;
import io.recredit.allocation.Policies.Resolved;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The allocator against a second reading of its rules, over random histories and all policies.
 *
 * <p>A failure names the seed of its history: {@code -Drecredit.seed=<it> -Drecredit.histories=1}
 * replays that one alone.
 */
class AllocatorLawTest {

  private static final long SEED = Long.getLong("recredit.seed", 20_261_120L);
  private static final int DEFAULT_HISTORIES = 4_000;
  private static final int HISTORIES = Integer.getInteger("recredit.histories", DEFAULT_HISTORIES);

  /** How often the default number of histories must come by each place of the rules. */
  private static final int ENOUGH = 10;

  private static final List<Set<String>> OTHER_COUNTRIES =
      List.of(Set.of(), Set.of("US"), Set.of("SE", "US"));

  @BeforeAll
  static void sayWhichHistories() {
    System.out.printf("recredit.seed=%d recredit.histories=%d%n", SEED, HISTORIES);
  }

  @Test
  void theAllocatorDecidesAsTheSecondReadingOfTheRules() {
    forEveryHistory(
        (history, policies) -> {
          var expected =
              new NaiveAllocator(policies)
                  .decide(history).stream().map(NaiveAllocator.Ruling::outcome).toList();
          var decided = decisions(history, policies).stream().map(NaiveOutcome::of).toList();
          assertThat(decided).containsExactlyElementsOf(expected);
        });
  }

  @Test
  void everyRefundIsDecidedOnceAndInOrder() {
    forEveryHistory(
        (history, policies) -> {
          var decisions = decisions(history, policies);
          assertThat(decisions.stream().map(Decision::refund))
              .containsExactlyElementsOf(
                  history.refunds().stream().sorted(Refund.IN_TIME).toList());
        });
  }

  @Test
  void whatWasRefundedIsCreditedOrAnExceptionOrWrittenOffOrADuplicate() {
    forEveryHistory(
        (history, policies) -> {
          var decided = decisions(history, policies).stream().map(AllocatorLawTest::amount);
          var refunded = history.refunds().stream().map(r -> big(r.refundedAmount()));
          assertThat(sum(decided)).isEqualTo(sum(refunded));
        });
  }

  @Test
  void noCaptureIsCreditedAboveItsAmountOrBeforeItExists() {
    forEveryHistory(
        (history, policies) -> {
          var credited =
              decisions(history, policies).stream()
                  .filter(Decision.Credited.class::isInstance)
                  .map(Decision.Credited.class::cast)
                  .toList();
          for (var capture : history.captures()) {
            var credits =
                credited.stream()
                    .flatMap(decision -> decision.credits().stream())
                    .filter(credit -> credit.capture().equals(capture))
                    .map(credit -> big(credit.creditedAmount()));
            assertThat(sum(credits)).isLessThanOrEqualTo(big(capture.capturedAmount()));
          }
          for (var decision : credited) {
            assertThat(decision.credits())
                .allSatisfy(
                    credit -> {
                      assertThat(history.captures()).contains(credit.capture());
                      assertThat(credit.capture().purchaseCurrency())
                          .isEqualTo(decision.currency());
                      assertThat(credit.capture().capturedAt())
                          .isBeforeOrEqualTo(decision.refund().refundedAt());
                    });
          }
        });
  }

  @Test
  void theOrderInWhichTheHistoryIsHandedOverDoesNotMatter() {
    forEveryHistory(
        (history, policies) -> {
          var random = new Random(SEED);
          var shuffled =
              new OrderHistory(
                  history.orderId(),
                  shuffled(history.captures(), random),
                  shuffled(history.refunds(), random),
                  history.releases(),
                  shuffled(history.resolutions(), random),
                  history.klarnaRecord());
          assertThat(decisions(shuffled, policies)).isEqualTo(decisions(history, policies));
        });
  }

  @Test
  void theHistoriesVisitEveryPlaceOfTheRules() {
    Map<SpecBranch, Integer> branches = new EnumMap<>(SpecBranch.class);
    Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
    Map<MatchRule, Integer> matchRules = new EnumMap<>(MatchRule.class);
    var writtenOff = new AtomicInteger();
    forEveryHistory(
        (history, policies) -> {
          for (var ruling : new NaiveAllocator(policies).decide(history)) {
            ruling.visited().forEach(branch -> branches.merge(branch, 1, Integer::sum));
            if (ruling.is(NaiveOutcome.WRITTEN_OFF)) {
              writtenOff.incrementAndGet();
            }
            if (ruling.outcome().reason() != null) {
              reasons.merge(ruling.outcome().reason(), 1, Integer::sum);
            }
            if (ruling.outcome().matchRule() != null) {
              matchRules.merge(ruling.outcome().matchRule(), 1, Integer::sum);
            }
          }
        });
    var enough = (int) Math.min(ENOUGH, (long) ENOUGH * HISTORIES / DEFAULT_HISTORIES);
    assertThat(
            Stream.of(
                    missing(SpecBranch.values(), branches, enough),
                    missing(Reason.values(), reasons, enough),
                    missing(MatchRule.values(), matchRules, enough))
                .flatMap(missing -> missing))
        .as("visited less than %d times (seed %d)", enough, SEED)
        .isEmpty();
    assertThat(writtenOff).hasValueGreaterThanOrEqualTo(enough);
  }

  /** A comparison over orders that the feed would refuse proves nothing. */
  @Test
  void theHistoriesAreWhatTheFeedWouldAccept() {
    forEveryHistory(
        (history, policies) -> {
          assertThat(history.captures()).extracting(Capture::captureId).doesNotHaveDuplicates();
          assertThat(history.refunds()).extracting(Refund::refundId).doesNotHaveDuplicates();
          assertThat(history.releases()).hasSizeLessThanOrEqualTo(1);
          assertThat(
                  Stream.concat(
                      history.captures().stream().map(Capture::orderLines),
                      history.refunds().stream().map(Refund::orderLines)))
              .allSatisfy(
                  lines ->
                      assertThat(sum(lines.stream().map(line -> big(line.totalAmount()).abs())))
                          .isLessThanOrEqualTo(big(Long.MAX_VALUE)));
        });
  }

  private static <T extends Enum<T>> Stream<String> missing(
      T[] all, Map<T, Integer> visits, int enough) {
    return Arrays.stream(all)
        .filter(place -> visits.getOrDefault(place, 0) < enough)
        .map(place -> place + ": " + visits.getOrDefault(place, 0));
  }

  /**
   * Under all four policies for spanning and ambiguous refunds, now and then in other countries;
   * some with resolutions, under either policy for them; some with a record, compared or followed.
   */
  private static void forEveryHistory(BiConsumer<OrderHistory, Policies> law) {
    for (var i = 0; i < HISTORIES; i++) {
      var seed = SEED + i;
      var history = new HistoryGenerator(seed).history();
      var resolving = Math.floorMod(seed, 3);
      if (resolving > 0) {
        history = resolved(history, new Random(seed));
      }
      var recording = Math.floorMod(seed, 4);
      if (recording > 1) {
        history = RecordedHistories.of(history, new Random(seed));
      }
      for (var spanning : Policies.Spanning.values()) {
        for (var ambiguous : Policies.Ambiguous.values()) {
          var policies =
              Policies.of(spanning, ambiguous, countries(seed), ZoneOffset.UTC)
                  .with(resolving == 1 ? Resolved.BLOCKS : Resolved.UNBLOCKS)
                  .with(recording == 3 ? Evidence.FOLLOW : Evidence.COMPARE);
          try {
            law.accept(history, policies);
          } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                "seed %d, %s%n%s%s"
                    .formatted(seed, policies, Histories.describe(history), failure.getMessage()),
                failure);
          }
        }
      }
    }
  }

  /**
   * Some of its refunds; some when they were of another amount, some to no capture of the order.
   */
  private static OrderHistory resolved(OrderHistory history, Random random) {
    var captures =
        Stream.concat(history.captures().stream().map(Capture::captureId), Stream.of("?"));
    var ids = captures.toList();
    var resolutions =
        history.refunds().stream()
            .filter(refund -> random.nextInt(5) == 0)
            .map(
                refund ->
                    ResolutionGenerator.resolution(
                        refund.refundId(),
                        Math.max(1, refund.refundedAmount() - (random.nextInt(10) == 0 ? 1 : 0)),
                        ids,
                        refund.refundedAt(),
                        random))
            .toList();
    return new OrderHistory(
        history.orderId(), history.captures(), history.refunds(), history.releases(), resolutions);
  }

  private static Set<String> countries(long seed) {
    var choice = Math.floorMod(seed, 10);
    return choice < OTHER_COUNTRIES.size()
        ? OTHER_COUNTRIES.get(choice)
        : Policies.DEFAULT.returnFeeCountries();
  }

  private static BigInteger amount(Decision decision) {
    return decision instanceof Decision.Credited credited
        ? sum(credited.credits().stream().map(credit -> big(credit.creditedAmount())))
            .add(big(credited.writtenOffAmount()))
        : big(decision.refund().refundedAmount());
  }

  private static BigInteger sum(Stream<BigInteger> amounts) {
    return amounts.reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static BigInteger big(long amount) {
    return BigInteger.valueOf(amount);
  }

  private static <T> List<T> shuffled(List<T> items, Random random) {
    var copy = new ArrayList<>(items);
    Collections.shuffle(copy, random);
    return copy;
  }

  private static List<Decision> decisions(OrderHistory history, Policies policies) {
    return new Allocator(policies).decide(history).stream().map(Decided::decision).toList();
  }
}
