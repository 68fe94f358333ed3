package io.recredit.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What was measured, as a table: medians, and how they stand to the first row's. */
final class Figures {

  private Figures() {}

  /**
   * Prints it.
   *
   * @param records how many records each row dealt with; 0 where they differ
   */
  static void print(String title, Map<String, List<MeasuredProcess>> measured, long records) {
    System.out.printf("%n%s%n", title);
    System.out.printf(
        "%-40s %9s %11s %12s %9s %9s%n",
        "", "median s", "to the 1st", "records/s", "JVM MB", "PG MB");
    var first = 0.0;
    for (var row : measured.entrySet()) {
      var seconds = median(row.getValue(), MeasuredProcess::seconds);
      first = first == 0 ? seconds : first;
      System.out.printf(
          Locale.ROOT,
          "%-40s %9.2f %10.2fx %12s %9.0f %9.0f%n",
          row.getKey(),
          seconds,
          seconds / first,
          records == 0 ? "" : "%,d".formatted(Math.round(records / seconds)),
          median(row.getValue(), MeasuredProcess::jvmMegabytes),
          median(row.getValue(), MeasuredProcess::postgresMegabytes));
    }
    System.out.println();
  }

  private static double median(
      List<MeasuredProcess> measured, ToDoubleFunction<MeasuredProcess> figure) {
    var sorted = measured.stream().mapToDouble(figure).sorted().toArray();
    return sorted.length % 2 == 1
        ? sorted[sorted.length / 2]
        : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
  }
}
