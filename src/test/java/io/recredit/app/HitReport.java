package io.recredit.app;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How many disturbances of which kind found the job at which step. */
final class HitReport {

  private final Map<String, Map<Disturbance, Integer>> hits = new LinkedHashMap<>();

  HitReport(List<String> steps) {
    steps.forEach(step -> hits.put(step, new EnumMap<>(Disturbance.class)));
  }

  void count(String step, Disturbance kind) {
    hits.computeIfAbsent(step, s -> new EnumMap<>(Disturbance.class)).merge(kind, 1, Integer::sum);
  }

  List<String> stepsNeverHit() {
    return hits.entrySet().stream()
        .filter(step -> step.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  long total() {
    return hits.values().stream().flatMap(step -> step.values().stream()).mapToInt(n -> n).sum();
  }

  @Override
  public String toString() {
    var kinds = Disturbance.values();
    var head = "  %-24s".formatted("") + row(kinds, kind -> kind.name());
    return hits.entrySet().stream()
        .map(
            step ->
                "  %-24s".formatted(step.getKey())
                    + row(kinds, kind -> String.valueOf(step.getValue().getOrDefault(kind, 0))))
        .collect(joining("\n", head + "\n", ""));
  }

  private static String row(Disturbance[] kinds, Function<Disturbance, String> cell) {
    return Arrays.stream(kinds).map(kind -> "%21s".formatted(cell.apply(kind))).collect(joining());
  }
}
