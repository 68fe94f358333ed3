package io.recredit.report.html;

import static io.recredit.report.html.Markup.escaped;
import static io.recredit.report.html.Markup.head;
import static io.recredit.report.html.Markup.heading;
import static io.recredit.report.html.Markup.number;
import static io.recredit.report.html.Markup.numberHead;
import static io.recredit.report.html.Markup.paragraph;
import static io.recredit.report.html.Markup.row;
import static io.recredit.report.html.Markup.table;
import static io.recredit.report.html.Markup.td;
import static io.recredit.report.html.Markup.words;
import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import io.recredit.report.content.Age;
import io.recredit.report.content.Formats;
import io.recredit.report.content.Overview;
import io.recredit.report.content.Overview.Exceptions;
import io.recredit.report.content.Overview.RootCause;
import io.recredit.wording.Amounts;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The part of the page that is about open exceptions: why, how old, and what blocks what. */
final class HtmlExceptions {

  private final Overview overview;

  private HtmlExceptions(Overview overview) {
    this.overview = overview;
  }

  static String of(Overview overview) {
    if (overview.byReason().isEmpty()) {
      return heading(text("report.page.exceptions"))
          + paragraph("", text("report.page.exceptions.none"));
    }
    var part = new HtmlExceptions(overview);
    return part.byReason() + part.byAge() + part.rootCauses();
  }

  private String byReason() {
    return heading(text("report.page.by-reason"))
        + paragraph("note", text("report.page.by-reason.note"))
        + table(
            List.of(
                head(text("report.head.reason")),
                numberHead(text("report.head.refunds")),
                numberHead(text("report.head.amount")),
                head(text("report.head.currency")),
                numberHead(text("report.head.share")),
                head("")),
            overview.byReason().stream().map(this::reason).toList());
  }

  private String reason(Exceptions<String> of) {
    var all =
        overview.byReason().stream()
            .filter(other -> Objects.equals(other.currency(), of.currency()))
            .map(Exceptions::amount)
            .reduce(BigInteger.ZERO, BigInteger::add);
    return row(
        Markup.th(of.what(), text("report.reason." + of.what())),
        number(Formats.count(of.count())),
        number(Amounts.number(of.amount(), of.currency())),
        td(Formats.currency(of.currency())),
        number(Formats.share(of.amount(), all)),
        td("bar", Bars.open(of.amount(), all)));
  }

  private String byAge() {
    var heads = new ArrayList<>(List.of(head(text("report.head.currency"))));
    Arrays.stream(Age.values()).forEach(age -> heads.add(numberHead(age.words())));
    heads.add(numberHead(text("report.head.together")));
    var currencies = new LinkedHashMap<String, List<Exceptions<Age>>>();
    for (var totals : overview.totals()) {
      var ages =
          overview.byAge().stream()
              .filter(of -> Objects.equals(of.currency(), totals.currency()))
              .toList();
      if (!ages.isEmpty()) {
        currencies.put(Formats.currency(totals.currency()), ages);
      }
    }
    var reported = overview.reported();
    return heading(text("report.page.by-age"))
        + paragraph(
            "note", text("report.page.by-age.note", reported.shownOn(), reported.run().runId()))
        + table(
            heads,
            currencies.entrySet().stream().map(of -> ages(of.getKey(), of.getValue())).toList());
  }

  private static String ages(String currency, List<Exceptions<Age>> ages) {
    var cells = new ArrayList<>(List.of(Markup.th(currency, "")));
    var together = new Exceptions<>(Age.NEW, ages.get(0).currency(), 0, BigInteger.ZERO);
    for (var age : Age.values()) {
      var of = ages.stream().filter(one -> one.what() == age).findFirst().orElse(null);
      cells.add(of == null ? number("–") : age(of));
      together = of == null ? together : together.plus(of);
    }
    cells.add(age(together));
    return row(cells.toArray(String[]::new));
  }

  private static String age(Exceptions<Age> of) {
    return td(
        "n",
        escaped(Amounts.number(of.amount(), of.currency()))
            + words(counted("count.refund", of.count())));
  }

  private String rootCauses() {
    var shown = overview.rootCauses();
    if (shown.isEmpty()) {
      return "";
    }
    return heading(text("report.page.root-causes"))
        + paragraph(
            "note",
            overview.rootCauseCount() > shown.size()
                ? text("report.page.root-causes.worst", shown.size(), overview.rootCauseCount())
                : text("report.page.root-causes.all"))
        + table(
            List.of(
                head(text("report.head.refund")),
                head(text("report.head.own-reason")),
                numberHead(text("report.head.blocks")),
                numberHead(text("report.head.amount")),
                head(text("report.head.currency"))),
            shown.stream().map(HtmlExceptions::rootCause).toList());
  }

  private static String rootCause(RootCause cause) {
    return row(
        td("id", escaped(cause.refundId()) + words(text("report.page.order", cause.orderId()))),
        td(
            "",
            escaped(itself(cause.reason()))
                + words(text("report.page.refunded-on", cause.businessDate()))),
        number(counted("count.refund", cause.blocked())),
        number(Amounts.number(cause.blockedAmount(), cause.currency())),
        td(Formats.currency(cause.currency())));
  }

  private static String itself(@Nullable String reason) {
    return reason == null ? text("report.page.resolved-blocks") : reason;
  }
}
