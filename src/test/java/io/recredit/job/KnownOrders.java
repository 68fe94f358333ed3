package io.recredit.job;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whose the captures and refunds of a walk ever were, as far as runs finished. */
final class KnownOrders {

  private final Map<String, Set<String>> inFiles = new TreeMap<>();
  private final Map<String, Set<String>> inDocuments = new TreeMap<>();
  private final Map<String, Set<String>> decided = new TreeMap<>();
  private final Map<String, LocalDate> lastFile = new TreeMap<>();
  private final Map<String, Instant> lastTime = new TreeMap<>();

  /** Behind a run. */
  void add(NaiveInput input, NaiveTables tables) {
    input.inFiles((item, order) -> add(inFiles, item, order));
    input.inDocuments((item, order) -> add(inDocuments, item, order));
    input.seen(
        (order, day, time) -> {
          lastFile.merge(order, day, BinaryOperator.maxBy(Comparator.naturalOrder()));
          lastTime.merge(order, time, BinaryOperator.maxBy(Comparator.naturalOrder()));
        });
    tables.ruled().forEach((refund, of) -> add(decided, refund, of.history().orderId()));
  }

  /** Whether all that ever was of the order is of days before, and in files of days before. */
  boolean isOld(String order, LocalDate before, ZoneId zone) {
    var lastDay = LocalDate.ofInstant(Objects.requireNonNull(lastTime.get(order)), zone);
    return lastDay.isBefore(before) && Objects.requireNonNull(lastFile.get(order)).isBefore(before);
  }

  private static void add(Map<String, Set<String>> orders, String item, String order) {
    orders.computeIfAbsent(item, i -> new TreeSet<>()).add(order);
  }

  Stream<String> all() {
    return Stream.of(inFiles, inDocuments)
        .flatMap(known -> known.values().stream())
        .flatMap(Set::stream);
  }

  /** Those that have something that another one has too, or had. */
  Stream<String> ofMovedItems() {
    return inFiles.values().stream().filter(orders -> orders.size() > 1).flatMap(Set::stream);
  }

  /**
   * What erasing an order is about: whatever once was its; and what was said of the refunds of the
   * orders to which a file moved something of it, which may be quoted there.
   */
  NaiveErasing erasing(String order) {
    var its = with(Set.of(order), inFiles);
    its.addAll(with(Set.of(order), inDocuments));
    var moved =
        its.stream()
            .filter(item -> item.startsWith("captures ") || item.startsWith("refunds "))
            .flatMap(item -> inFiles.getOrDefault(item, Set.of()).stream());
    var orders = Stream.concat(Stream.of(order), moved).collect(Collectors.toSet());
    return new NaiveErasing(order, its, with(orders, decided));
  }

  private static Set<String> with(Set<String> orders, Map<String, Set<String>> of) {
    return of.entrySet().stream()
        .filter(item -> item.getValue().stream().anyMatch(orders::contains))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
