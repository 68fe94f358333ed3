package io.recredit.report.html;

import static io.recredit.report.html.Markup.head;
import static io.recredit.report.html.Markup.heading;
import static io.recredit.report.html.Markup.id;
import static io.recredit.report.html.Markup.number;
import static io.recredit.report.html.Markup.numberHead;
import static io.recredit.report.html.Markup.paragraph;
import static io.recredit.report.html.Markup.row;
import static io.recredit.report.html.Markup.table;
import static io.recredit.report.html.Markup.td;
import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import io.recredit.evidence.Verdict;
import io.recredit.report.content.Formats;
import io.recredit.report.content.RecordOverview;
import io.recredit.report.content.RecordOverview.Differing;
import io.recredit.wording.Amounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The part of the page that holds Klarna's own record beside what was decided. It says what the
 * record shows, never more.
 */
final class HtmlRecord {

  private final RecordOverview record;

  private HtmlRecord(RecordOverview record) {
    this.record = record;
  }

  /** Nothing where no document can tell anything of these days. */
  static String of(RecordOverview record) {
    var part = new HtmlRecord(record);
    return record.isEmpty()
        ? ""
        : part.agreement() + part.toMove() + part.differing() + part.feed();
  }

  /** The matrix of what was decided and what the record says; columns without a refund left out. */
  private String agreement() {
    var verdicts =
        Arrays.stream(Verdict.values()).filter(verdict -> record.refunds(verdict) > 0).toList();
    var heads = new ArrayList<>(List.of(head(text("report.head.decision"))));
    verdicts.forEach(verdict -> heads.add(numberHead(text("report.verdict." + verdict))));
    heads.add(numberHead(text("report.head.together")));
    return heading(text("report.page.record"))
        + paragraph(
            "note",
            text(
                "report.page.record.note",
                counted("count.refund", record.refunds()),
                Formats.count(record.proven())))
        + table(
            heads,
            record.byDecision().entrySet().stream()
                .map(of -> decision(of.getKey(), of.getValue(), verdicts))
                .toList());
  }

  private static String decision(
      String decision, Map<Verdict, Long> counts, List<Verdict> verdicts) {
    var cells = new ArrayList<>(List.of(Markup.th(decision, "")));
    verdicts.forEach(verdict -> cells.add(count(counts.getOrDefault(verdict, 0L))));
    cells.add(count(counts.values().stream().mapToLong(Long::longValue).sum()));
    return row(cells.toArray(String[]::new));
  }

  private static String count(long count) {
    return number(count == 0 ? "–" : Formats.count(count));
  }

  private String toMove() {
    var shown = record.toMove();
    return shown.isEmpty()
        ? ""
        : heading(text("report.page.to-move"))
            + paragraph(
                "note",
                record.toMoveCount() > shown.size()
                    ? text("report.page.to-move.first", shown.size(), record.toMoveCount())
                    : text("report.page.to-move.all"))
            + table(
                List.of(head(text("report.head.refund")), head(text("report.head.request"))),
                shown.stream().map(one -> row(id(one.refundId()), td(one.request()))).toList());
  }

  private String differing() {
    var shown = record.differing();
    return shown.isEmpty()
        ? ""
        : heading(text("report.page.differing"))
            + paragraph(
                "note",
                record.differingCount() > shown.size()
                    ? text("report.page.differing.first", shown.size(), record.differingCount())
                    : text("report.page.differing.all"))
            + table(
                List.of(
                    head(text("report.head.invoice")),
                    numberHead(text("report.head.credited-here")),
                    numberHead(text("report.head.at-klarna")),
                    numberHead(text("report.head.difference")),
                    head(text("report.head.currency"))),
                shown.stream().map(HtmlRecord::differing).toList());
  }

  private static String differing(Differing of) {
    return row(
        Markup.th(of.invoice(), text("report.page.order", of.orderId())),
        number(Amounts.number(of.credited(), of.currency())),
        number(Amounts.number(of.recorded(), of.currency())),
        number(Amounts.number(of.difference(), of.currency())),
        td(of.currency()));
  }

  private String feed() {
    return record.feed().isEmpty()
        ? ""
        : heading(text("report.page.feed"))
            + paragraph("note", text("report.page.feed.note"))
            + table(
                List.of(
                    head(text("report.head.kind")),
                    numberHead(text("report.head.differences")),
                    head(text("report.head.example"))),
                record.feed().stream()
                    .map(
                        of ->
                            row(
                                Markup.th(of.kind(), ""),
                                number(Formats.count(of.count())),
                                td(of.example())))
                    .toList());
  }
}
