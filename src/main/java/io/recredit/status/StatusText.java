package io.recredit.status;

import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import io.recredit.status.Status.LastRun;
import io.recredit.status.Status.Need;
import io.recredit.status.Status.OpenExceptions;
import io.recredit.wording.Amounts;
import io.recredit.wording.Days;
import io.recredit.wording.Labelled;
import io.recredit.wording.Phrases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** How things stand, for a person: a line for each thing, and at the end what needs somebody. */
public final class StatusText {

  private final Status status;
  private final Path input;
  private final List<String> lines = new ArrayList<>();

  private StatusText(Status status, Path input) {
    this.status = status;
    this.input = input;
  }

  /**
   * The lines.
   *
   * @param input the folder that was looked into
   */
  public static List<String> of(Status status, Path input) {
    return new StatusText(status, input).lines();
  }

  private List<String> lines() {
    Labelled.add(lines, text("status.label.last-run"), lastRun());
    Labelled.add(lines, text("status.label.unfinished"), unfinished());
    Labelled.add(lines, text("status.label.missing"), missing());
    Labelled.add(lines, text("status.label.files"), files());
    Labelled.add(lines, text("status.label.exceptions"), exceptions());
    Labelled.add(lines, text("status.label.record"), contradicted());
    Labelled.add(lines, text("status.label.unusual"), unusual());
    Labelled.add(lines, text("status.label.books"), closed());
    Labelled.add(lines, text("status.label.versions"), versions());
    lines.add("");
    lines.add(needs());
    return List.copyOf(lines);
  }

  private List<String> lastRun() {
    var run = status.lastRun();
    return List.of(
        run == null
            ? text("status.no-run")
            : text(
                "status.last-run",
                run.runId(),
                what(run.kind(), run.from(), run.to()),
                time(run.endedAt()),
                duration(age(run)),
                duration(Duration.between(run.startedAt(), run.endedAt()))));
  }

  private List<String> unfinished() {
    return status.unfinished().stream()
        .map(
            run ->
                text(
                    "status.unfinished",
                    run.runId(),
                    what(run.kind(), run.from(), run.to()),
                    time(run.startedAt()),
                    run.failure() == null ? text("status.broken-off") : run.failure()))
        .toList();
  }

  private List<String> missing() {
    return status.daysMissing().isEmpty()
        ? List.of()
        : List.of(text("status.missing", named(Days.ranges(status.daysMissing()))));
  }

  private List<String> files() {
    var looked = status.looked();
    if (looked == null) {
      return List.of(text("status.files.no-folder", input));
    }
    var said = new ArrayList<String>();
    if (!looked.different().isEmpty()) {
      said.add(
          text(
              "status.files.different",
              named(looked.different().stream().map(f -> f.name()).toList())));
    }
    if (!looked.touched().isEmpty()) {
      said.add(
          text(
              "status.files.touched",
              named(looked.touched().keySet().stream().map(f -> f.name()).sorted().toList())));
    }
    if (!looked.gone().isEmpty()) {
      said.add(text("status.files.gone", named(looked.gone())));
    }
    return said.isEmpty() ? List.of(text("status.files.as-read")) : said;
  }

  private List<String> exceptions() {
    return status.exceptions().isEmpty()
        ? List.of(text("status.none"))
        : status.exceptions().stream().map(StatusText::exceptions).toList();
  }

  private static String exceptions(OpenExceptions open) {
    var age =
        switch (open.age()) {
          case WEEK -> text("status.age.week");
          case MONTH -> text("status.age.month");
          case OLDER -> text("status.age.older");
        };
    return String.format(
        Locale.ROOT,
        "%-25s %5d  %s  %s",
        open.reason(),
        open.count(),
        Amounts.format(open.amount(), open.currency()),
        age);
  }

  private List<String> contradicted() {
    return status.contradicted() == 0
        ? List.of()
        : List.of(counted("status.contradicted", status.contradicted()));
  }

  private List<String> unusual() {
    return status.unusual().stream()
        .map(
            one ->
                switch (one.what()) {
                  case EXCEPTIONS -> text("status.unusual.exceptions", one.count(), one.usual());
                  case REJECTED -> text("status.unusual.rejected", one.count(), one.usual());
                  case REFUNDS -> text("status.unusual.refunds", one.count(), one.usual());
                })
        .toList();
  }

  private List<String> closed() {
    var closed = status.closed();
    return List.of(
        closed == null
            ? text("status.books.open")
            : text(
                "status.books.closed", closed.until(), closed.closedBy(), time(closed.closedAt())));
  }

  private List<String> versions() {
    var versions = status.versions();
    return List.of(
        text(
            "status.versions",
            versions.program(),
            versions.tables(),
            versions.rules(),
            versions.postgresql()));
  }

  private String needs() {
    var needs = status.needs().stream().map(this::need).toList();
    return needs.isEmpty() ? text("status.well") : text("status.needs", String.join("; ", needs));
  }

  private String need(Need need) {
    return switch (need) {
      case NO_RUN -> text("status.need.no-run");
      case TOO_OLD -> text("status.need.too-old", duration(status.maxAge()));
      case UNFINISHED -> text("status.need.unfinished");
      case DAYS_MISSING -> text("status.need.days-missing");
      case UNUSUAL -> text("status.need.unusual");
    };
  }

  private Duration age(LastRun run) {
    return Duration.between(run.endedAt(), status.now());
  }

  private static String what(String kind, LocalDate from, LocalDate to) {
    return text("run.what", kind, Days.range(from, to));
  }

  private static String named(List<String> names) {
    return Phrases.listed(names, Function.identity());
  }

  private static String time(Instant at) {
    return text(
        "status.time",
        at.truncatedTo(ChronoUnit.SECONDS).toString().replace("T", " ").replace("Z", ""));
  }

  /** Days from two on, hours from two on, else minutes or seconds. */
  private static String duration(Duration duration) {
    if (duration.toDays() >= 2) {
      return counted("status.duration.day", duration.toDays());
    }
    if (duration.toHours() >= 2) {
      return counted("status.duration.hour", duration.toHours());
    }
    return duration.toMinutes() >= 2
        ? counted("status.duration.minute", duration.toMinutes())
        : counted("status.duration.second", Math.max(0, duration.toSeconds()));
  }
}
