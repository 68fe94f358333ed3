package io.recredit.status;

import io.recredit.status.Status.LastRun;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How things stand, for machines: one JSON object, in the words of tables and metrics. */
public final class StatusJson {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private StatusJson() {}

  public static String of(Status status) {
    var json = JSON.createObjectNode();
    json.put("now", status.now().toString());
    var needs = json.putArray("needs");
    status.needs().forEach(need -> needs.add(need.name().toLowerCase(Locale.ROOT)));
    if (status.lastRun() != null) {
      lastRun(status.lastRun(), json.putObject("last_run"));
    }
    status.age().ifPresent(age -> json.put("age_seconds", age.toSeconds()));
    json.put("max_age_seconds", status.maxAge().toSeconds());
    unfinished(status, json);
    var missing = json.putArray("days_missing");
    status.daysMissing().forEach(day -> missing.add(day.toString()));
    files(status, json);
    exceptions(status, json);
    json.put("decisions_contradicted", status.contradicted());
    var unusual = json.putArray("unusual");
    status
        .unusual()
        .forEach(
            one ->
                unusual
                    .addObject()
                    .put("what", one.what().name().toLowerCase(Locale.ROOT))
                    .put("count", one.count())
                    .put("usual", one.usual()));
    if (status.closed() != null) {
      json.putObject("closed")
          .put("until", status.closed().until().toString())
          .put("closed_by", status.closed().closedBy())
          .put("closed_at", status.closed().closedAt().toString());
    }
    json.putObject("versions")
        .put("recredit", status.versions().program())
        .put("tables", status.versions().tables())
        .put("rules", status.versions().rules())
        .put("postgresql", status.versions().postgresql());
    return JSON.writeValueAsString(json);
  }

  private static void lastRun(LastRun run, ObjectNode json) {
    json.put("run_id", run.runId())
        .put("kind", run.kind())
        .put("from_date", run.from().toString())
        .put("to_date", run.to().toString())
        .put("started_at", run.startedAt().toString())
        .put("ended_at", run.endedAt().toString())
        .put("duration_seconds", Metrics.seconds(run));
    json.putObject("records_read")
        .put("captures", run.captures())
        .put("refunds", run.refunds())
        .put("releases", run.releases())
        .put("orders", run.documents())
        .put("refusals", run.refusals())
        .put("events", run.events());
    json.put("records_rejected", run.rejected())
        .put("refunds_credited", run.credited())
        .put("exceptions_new", run.exceptions())
        .put("orders_refunded_beyond", run.ordersRefundedBeyond());
    var amounts = json.putArray("amounts");
    run.amounts()
        .forEach(
            amount ->
                amounts
                    .addObject()
                    .put("currency", amount.currency())
                    .put("credited_amount", amount.credited())
                    .put("excepted_amount", amount.excepted()));
  }

  private static void unfinished(Status status, ObjectNode json) {
    var unfinished = json.putArray("unfinished");
    status
        .unfinished()
        .forEach(
            run ->
                unfinished
                    .addObject()
                    .put("run_id", run.runId())
                    .put("kind", run.kind())
                    .put("from_date", run.from().toString())
                    .put("to_date", run.to().toString())
                    .put("started_at", run.startedAt().toString())
                    .put("failure", run.failure()));
  }

  private static void files(Status status, ObjectNode json) {
    var looked = status.looked();
    if (looked != null) {
      var files = json.putObject("files");
      var different = files.putArray("not_what_was_read");
      looked.different().forEach(file -> different.add(file.name()));
      var touched = files.putArray("with_another_time");
      looked.touched().keySet().stream().map(file -> file.name()).sorted().forEach(touched::add);
      var gone = files.putArray("gone");
      looked.gone().forEach(gone::add);
    }
  }

  private static void exceptions(Status status, ObjectNode json) {
    var open = json.putArray("exceptions_open");
    status
        .exceptions()
        .forEach(
            one ->
                open.addObject()
                    .put("reason", one.reason())
                    .put("currency", one.currency())
                    .put("age", one.age().name().toLowerCase(Locale.ROOT))
                    .put("count", one.count())
                    .put("amount", one.amount()));
  }
}
