package io.recredit.report.content;

import io.recredit.evidence.Verdict;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a report says at a glance of Klarna's own record.
 *
 * @param agreement by decision, verdict, certainty and currency
 * @param toMove refunds that Klarna is to be asked to move, cut
 * @param toMoveCount how many they are in all
 * @param differing the invoices that differ the most, cut
 * @param differingCount how many differ in all
 * @param feed where files and documents differ, by kind
 */
public record RecordOverview(
    List<Agreement> agreement,
    List<ToMove> toMove,
    long toMoveCount,
    List<Differing> differing,
    long differingCount,
    List<FeedDifferences> feed) {

  /**
   * Refunds of one decision of which the record says the same.
   *
   * @param decision match rule or reason
   * @param isProven whether their places are
   */
  public record Agreement(
      String decision,
      Verdict verdict,
      boolean isProven,
      @Nullable String currency,
      long refunds,
      BigInteger amount) {}

  public record ToMove(String refundId, String request) {}

  /** An invoice on which another sum stands than is credited; minor units. */
  public record Differing(
      String orderId,
      String invoice,
      String currency,
      BigInteger credited,
      BigInteger recorded,
      BigInteger difference) {}

  /**
   * Differences of one kind.
   *
   * @param example one of them, as a sentence
   */
  public record FeedDifferences(String kind, long count, String example) {}

  public boolean isEmpty() {
    return agreement.isEmpty() && feed.isEmpty();
  }

  public long refunds() {
    return agreement.stream().mapToLong(Agreement::refunds).sum();
  }

  public long refunds(Verdict verdict) {
    return count(agreement, verdict);
  }

  public long proven() {
    return agreement.stream().filter(Agreement::isProven).mapToLong(Agreement::refunds).sum();
  }

  /** How many refunds have each verdict, by decision, the one with the most refunds first. */
  public Map<String, Map<Verdict, Long>> byDecision() {
    var byDecision = agreement.stream().collect(Collectors.groupingBy(Agreement::decision));
    return byDecision.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, List<Agreement>>>comparingLong(
                    of -> of.getValue().stream().mapToLong(Agreement::refunds).sum())
                .reversed()
                .thenComparing(Map.Entry::getKey))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                of -> byVerdict(of.getValue()),
                (a, b) -> a,
                LinkedHashMap::new));
  }

  private static Map<Verdict, Long> byVerdict(List<Agreement> of) {
    return Arrays.stream(Verdict.values())
        .collect(
            Collectors.toMap(
                verdict -> verdict,
                verdict -> count(of, verdict),
                Long::sum,
                () -> new EnumMap<>(Verdict.class)));
  }

  private static long count(List<Agreement> of, Verdict verdict) {
    return of.stream().filter(one -> one.verdict() == verdict).mapToLong(Agreement::refunds).sum();
  }
}
