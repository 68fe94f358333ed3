package io.recredit.report;

import static io.recredit.report.Markup.cssClass;
import static io.recredit.report.Markup.escaped;
import static io.recredit.report.Markup.heading;
import static io.recredit.report.Markup.number;
import static io.recredit.report.Markup.paragraph;
import static io.recredit.report.Markup.row;
import static io.recredit.report.Markup.table;
import static io.recredit.report.Markup.tag;
import static io.recredit.report.Markup.td;

import io.recredit.report.Overview.Exceptions;
import io.recredit.report.Overview.RootCause;
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
      return heading("Open exceptions")
          + paragraph("", "None: every refund of these days is on its invoice, or resolved.");
    }
    var part = new HtmlExceptions(overview);
    return part.byReason() + part.byAge() + part.rootCauses();
  }

  private String byReason() {
    return heading("Open exceptions by reason")
        + paragraph(
            "note",
            "Refunds that Klarna accepted and could not put on an invoice. The sheet exceptions says of each what to do.")
        + table(
            List.of("Reason", "Refunds#", "Amount#", "Currency", "Of what is open#", ""),
            overview.byReason().stream().map(this::reason).toList());
  }

  private String reason(Exceptions<String> of) {
    var all =
        overview.byReason().stream()
            .filter(other -> Objects.equals(other.currency(), of.currency()))
            .map(Exceptions::amount)
            .reduce(BigInteger.ZERO, BigInteger::add);
    return row(
        Markup.th(of.what(), ReasonWords.of(of.what())),
        number(Figures.count(of.count())),
        number(Figures.amount(of.amount(), of.currency())),
        td(Figures.currency(of.currency())),
        number(Figures.share(of.amount(), all)),
        td("bar", Bars.open(of.amount(), all)));
  }

  private String byAge() {
    var heads = new ArrayList<>(List.of("Currency"));
    Arrays.stream(Age.values()).forEach(age -> heads.add(age.words() + "#"));
    heads.add("Together#");
    var currencies = new LinkedHashMap<String, List<Exceptions<Age>>>();
    for (var totals : overview.totals()) {
      var ages =
          overview.byAge().stream()
              .filter(of -> Objects.equals(of.currency(), totals.currency()))
              .toList();
      if (!ages.isEmpty()) {
        currencies.put(Figures.currency(totals.currency()), ages);
      }
    }
    return heading("Open exceptions by age")
        + paragraph(
            "note",
            "From the refund to %s, the day of run %d."
                .formatted(overview.scope().shownOn(), overview.scope().run().runId()))
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
        escaped(Figures.amount(of.amount(), of.currency()))
            + tag("span", cssClass("words"), escaped(Figures.counted(of.count(), "refund"))));
  }

  private String rootCauses() {
    if (overview.rootCauses().isEmpty()) {
      return "";
    }
    var shown = overview.rootCauses().size();
    return heading("Root causes")
        + paragraph(
            "note",
            "Refunds that keep later ones of their order from being allocated, as Klarna does%s. Resolved, with the policy resolved = unblocks, they free the others."
                .formatted(
                    overview.rootCauseCount() > shown
                        ? "; the worst %d of %s"
                            .formatted(shown, Figures.count(overview.rootCauseCount()))
                        : ""))
        + table(
            List.of("Refund", "Its own reason", "Blocks#", "Amount#", "Currency"),
            overview.rootCauses().stream().map(HtmlExceptions::rootCause).toList());
  }

  private static String rootCause(RootCause cause) {
    return row(
        td(
            "id",
            escaped(cause.refundId())
                + tag("span", cssClass("words"), "order ", escaped(cause.orderId()))),
        td(
            "",
            escaped(itself(cause.reason()))
                + tag("span", cssClass("words"), "refunded on ", cause.businessDate().toString())),
        number(Figures.counted(cause.blocked(), "refund")),
        number(Figures.amount(cause.blockedAmount(), cause.currency())),
        td(Figures.currency(cause.currency())));
  }

  private static String itself(@Nullable String reason) {
    return reason == null ? "resolved, and blocks still" : reason;
  }
}
