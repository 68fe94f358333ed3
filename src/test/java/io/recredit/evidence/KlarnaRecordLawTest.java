package io.recredit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.evidence.RecordGenerator.Case;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Klarna's record against a second reading of its rules, over random orders.
 *
 * <p>A failure names the seed of its order: {@code -Drecredit.seed=<it> -Drecredit.orders=1}
 * replays that one alone.
 */
class KlarnaRecordLawTest {

  private static final long SEED = Long.getLong("recredit.seed", 20_261_127L);
  private static final int DEFAULT_ORDERS = 5_000;
  private static final int ORDERS = Integer.getInteger("recredit.orders", DEFAULT_ORDERS);

  /** How often the default number of orders must come by each verdict and rule. */
  private static final int ENOUGH = 10;

  @BeforeAll
  static void sayWhichOrders() {
    System.out.printf("recredit.seed=%d recredit.orders=%d%n", SEED, ORDERS);
  }

  @Test
  void theRecordProvesAsTheSecondReadingOfTheRules() {
    forEveryOrder(
        order -> {
          var naive = new NaiveKlarnaRecord(order.snapshots(), order.filesHaveRefunds());
          var record = record(order);
          assertThat(record.window()).isEqualTo(naive.window());
          assertThat(record.proven()).isEqualTo(naive.proven());
          assertThat(record.compare(order.decidedRefunds()))
              .isEqualTo(naive.compare(order.decidedRefunds()));
        });
  }

  @Test
  void theOrderInWhichSnapshotsAndRefundsAreHandedOverDoesNotMatter() {
    forEveryOrder(
        order -> {
          var random = new Random(order.hashCode());
          var reversed = new ArrayList<>(order.snapshots());
          Collections.reverse(reversed);
          var expected = whatItSays(order.snapshots(), order.decidedRefunds(), order);
          var refunds = shuffled(order.decidedRefunds(), random);
          assertThat(whatItSays(reversed, refunds, order)).isEqualTo(expected);
          assertThat(whatItSays(shuffled(order.snapshots(), random), refunds, order))
              .isEqualTo(expected);
        });
  }

  @Test
  void theOrdersVisitEveryVerdictAndEveryWayAPlaceIsFound() {
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    Map<String, Integer> found = new TreeMap<>();
    forEveryOrder(
        order -> {
          var record = record(order);
          record.proven().values().forEach(known -> found.merge(how(known), 1, Integer::sum));
          for (var evidence : record.compare(order.decidedRefunds())) {
            verdicts.merge(evidence.verdict(), 1, Integer::sum);
            if (evidence.certainty() == Certainty.INFERRED && evidence.place() != null) {
              found.merge(how(evidence.place()), 1, Integer::sum);
            }
          }
          var usable = order.snapshots().stream().filter(s -> s.isUsable(order.filesHaveRefunds()));
          var window = record.window().size();
          found.merge("windows", window < usable.count() && window > 1 ? 1 : 0, Integer::sum);
        });
    var enough = (int) Math.min(ENOUGH, (long) ENOUGH * ORDERS / DEFAULT_ORDERS);
    assertThat(verdicts).hasSize(Verdict.values().length);
    assertThat(found.keySet())
        .containsExactlyInAnyOrder(
            "INFERRED ALL_ON_ONE",
            "INFERRED AS_CREDITED",
            "INFERRED NOTHING_LEFT",
            "INFERRED ONLY_ONE_OPEN",
            "PROVEN ALL_ON_ONE",
            "PROVEN NOTHING_LEFT",
            "PROVEN ONLY_ONE_OPEN",
            "windows");
    assertThat(Stream.concat(verdicts.values().stream(), found.values().stream()))
        .as("%s %s (seed %d)", verdicts, found, SEED)
        .allSatisfy(times -> assertThat(times).isGreaterThanOrEqualTo(enough));
  }

  private static List<Object> whatItSays(
      List<Snapshot> snapshots, List<DecidedRefund> refunds, Case order) {
    var record = KlarnaRecord.of(snapshots, order.filesHaveRefunds());
    return List.of(
        record.latest(),
        record.latestUsable(),
        record.window(),
        record.proven(),
        Set.copyOf(record.compare(refunds)));
  }

  private static String how(KnownPlace known) {
    return known.certainty() + " " + known.by();
  }

  private static KlarnaRecord record(Case order) {
    return KlarnaRecord.of(order.snapshots(), order.filesHaveRefunds());
  }

  private static void forEveryOrder(Consumer<Case> law) {
    for (var i = 0; i < ORDERS; i++) {
      var order = new RecordGenerator(SEED + i).order();
      try {
        law.accept(order);
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError(
            "seed %d, files have refunds: %s%n%s%n%s%n%s"
                .formatted(
                    SEED + i,
                    order.filesHaveRefunds(),
                    lines(order.snapshots().stream().map(Reading::describe)),
                    lines(order.decidedRefunds().stream().map(DecidedRefund::toString)),
                    failure.getMessage()),
            failure);
      }
    }
  }

  private static String lines(Stream<String> lines) {
    return lines.collect(Collectors.joining(System.lineSeparator()));
  }

  private static <T> List<T> shuffled(List<T> items, Random random) {
    var copy = new ArrayList<>(items);
    Collections.shuffle(copy, random);
    return copy;
  }
}
