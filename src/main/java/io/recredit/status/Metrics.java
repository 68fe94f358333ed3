package io.recredit.status;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.reducing;
import static java.util.stream.Collectors.summingLong;

import io.recredit.status.Status.LastRun;
import io.recredit.status.Status.OpenExceptions;
import io.recredit.status.Unusual.What;
import io.recredit.wording.Messages;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How things stand as Prometheus' text format, for node_exporter's textfile collector: HELP and
 * TYPE, no timestamps. Where the database is out of reach, what was written before stays, but for
 * how and when the last command ended.
 */
public final class Metrics {

  private static final String EXIT_CODE = "recredit_last_exit_code";
  private static final String ENDED = "recredit_last_end_timestamp_seconds";

  private final List<String> lines = new ArrayList<>();
  private final @Nullable String shop;

  private Metrics(@Nullable String shop) {
    this.shop = shop;
  }

  /** How a night ended, and when. */
  public record End(int exitCode, Instant at) {}

  /**
   * The metrics when a command has ended.
   *
   * @param before what was written the last time; empty where there is nothing
   * @param end of a night; null where that of before is the last
   * @param status null where the database cannot be asked: all else of before stays
   * @param shop the label of that name; null for none
   */
  public static String of(
      String before, @Nullable End end, @Nullable Status status, @Nullable String shop) {
    var metrics = new Metrics(shop);
    if (end == null) {
      before.lines().filter(Metrics::isOfEnd).forEach(metrics.lines::add);
    } else {
      metrics.end(end);
    }
    if (status == null) {
      before.lines().filter(line -> !isOfEnd(line)).forEach(metrics.lines::add);
    } else {
      metrics.run(status.lastRun());
      metrics.open(status);
    }
    return metrics.text();
  }

  /** Seconds with milliseconds. */
  static BigDecimal seconds(LastRun run) {
    return BigDecimal.valueOf(Duration.between(run.startedAt(), run.endedAt()).toMillis(), 3);
  }

  private static boolean isOfEnd(String line) {
    return line.matches("(# (HELP|TYPE) )?(" + EXIT_CODE + "|" + ENDED + ")[ {].*");
  }

  private void end(End end) {
    one(EXIT_CODE, end.exitCode());
    one(ENDED, end.at().getEpochSecond());
  }

  private void run(@Nullable LastRun run) {
    if (run == null) {
      return;
    }
    one("recredit_last_success_timestamp_seconds", run.endedAt().getEpochSecond());
    one("recredit_last_duration_seconds", seconds(run));
    begin("recredit_records_read");
    line("recredit_records_read", Map.of("kind", "captures"), run.captures());
    line("recredit_records_read", Map.of("kind", "refunds"), run.refunds());
    line("recredit_records_read", Map.of("kind", "releases"), run.releases());
    line("recredit_records_read", Map.of("kind", "orders"), run.documents());
    line("recredit_records_read", Map.of("kind", "refusals"), run.refusals());
    line("recredit_records_read", Map.of("kind", "events"), run.events());
    one("recredit_records_rejected", run.rejected());
    one("recredit_refunds_credited", run.credited());
    one("recredit_exceptions_new", run.exceptions());
    one("recredit_orders_refunded_beyond", run.ordersRefundedBeyond());
    begin("recredit_credited_amount_minor");
    for (var amount : run.amounts()) {
      line("recredit_credited_amount_minor", currency(amount.currency()), amount.credited());
    }
  }

  private void open(Status status) {
    begin("recredit_exceptions_open");
    status.exceptions().stream()
        .collect(
            groupingBy(OpenExceptions::reason, TreeMap::new, summingLong(OpenExceptions::count)))
        .forEach(
            (reason, count) -> line("recredit_exceptions_open", Map.of("reason", reason), count));
    begin("recredit_exceptions_open_amount_minor");
    status.exceptions().stream()
        .collect(
            groupingBy(
                open -> labels(currency(open.currency()), Map.of("reason", open.reason())),
                TreeMap::new,
                reducing(BigInteger.ZERO, OpenExceptions::amount, BigInteger::add)))
        .forEach(
            (labels, amount) ->
                lines.add("recredit_exceptions_open_amount_minor" + labels + " " + amount));
    one("recredit_days_missing", status.daysMissing().size());
    one("recredit_decisions_contradicted", status.contradicted());
    begin("recredit_unusual");
    for (var what : What.values()) {
      line(
          "recredit_unusual",
          Map.of("what", what.name().toLowerCase(Locale.ROOT)),
          status.isUnusual(what) ? 1 : 0);
    }
  }

  private void one(String name, Object value) {
    begin(name);
    line(name, Map.of(), value);
  }

  private void begin(String name) {
    lines.add("# HELP " + name + " " + Messages.text("metrics." + name));
    lines.add("# TYPE " + name + " gauge");
  }

  private void line(String name, Map<String, String> labels, Object value) {
    lines.add(name + labels(labels, Map.of()) + " " + value);
  }

  private static Map<String, String> currency(@Nullable String currency) {
    return Map.of("currency", Objects.requireNonNullElse(currency, ""));
  }

  private String labels(Map<String, String> labels, Map<String, String> more) {
    var all = new TreeMap<>(labels);
    all.putAll(more);
    if (shop != null) {
      all.put("shop", shop);
    }
    return all.isEmpty()
        ? ""
        : all.entrySet().stream()
            .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private String text() {
    return String.join("\n", lines) + "\n";
  }
}
