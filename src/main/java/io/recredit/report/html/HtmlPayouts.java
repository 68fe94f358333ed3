package io.recredit.report.html;

import static io.recredit.report.html.Markup.head;
import static io.recredit.report.html.Markup.heading;
import static io.recredit.report.html.Markup.number;
import static io.recredit.report.html.Markup.numberHead;
import static io.recredit.report.html.Markup.paragraph;
import static io.recredit.report.html.Markup.row;
import static io.recredit.report.html.Markup.table;
import static io.recredit.report.html.Markup.td;
import static io.recredit.wording.Messages.text;

import io.recredit.report.content.Formats;
import io.recredit.report.content.PayoutOverview;
import io.recredit.report.content.PayoutOverview.Differences;
import io.recredit.report.content.PayoutOverview.Payout;
import io.recredit.wording.Amounts;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of the page that holds what was paid out beside what was refunded. */
final class HtmlPayouts {

  private static final String NOTHING = "–";

  private HtmlPayouts() {}

  /** Nothing where no settlement report is of these days. */
  static String of(PayoutOverview payouts) {
    return payouts.isEmpty() ? "" : payouts(payouts) + differences(payouts);
  }

  private static String payouts(PayoutOverview payouts) {
    var shown = payouts.payouts();
    return heading(text("report.page.payouts"))
        + paragraph(
            "note",
            payouts.payoutCount() > shown.size()
                ? text("report.page.payouts.newest", shown.size(), payouts.payoutCount())
                : text("report.page.payouts.all"))
        + table(
            List.of(
                head(text("report.head.payout")),
                head(text("report.head.payout-date")),
                numberHead(text("report.head.settled")),
                numberHead(text("report.head.as-refunded")),
                numberHead(text("report.head.other-amount")),
                numberHead(text("report.head.nobodys")),
                numberHead(text("report.head.totals-off"))),
            shown.stream().map(HtmlPayouts::payout).toList());
  }

  private static String payout(Payout payout) {
    return row(
        Markup.th(payout.reference(), ""),
        td(payout.date() == null ? NOTHING : payout.date().toString()),
        number(money(payout.settled(), payout.currency())),
        count(payout.asMade()),
        count(payout.ofOtherAmount()),
        count(payout.unknown()),
        number(money(payout.difference(), payout.currency())));
  }

  private static String money(@Nullable BigInteger amount, String currency) {
    return amount == null ? NOTHING : Amounts.format(amount, currency);
  }

  private static String count(long count) {
    return number(count == 0 ? NOTHING : Formats.count(count));
  }

  private static String differences(PayoutOverview payouts) {
    return payouts.differences().isEmpty()
        ? ""
        : heading(text("report.page.payout-differences"))
            + paragraph("note", text("report.page.payout-differences.note"))
            + table(
                List.of(
                    head(text("report.head.kind")),
                    numberHead(text("report.head.differences")),
                    head(text("report.head.example"))),
                payouts.differences().stream().map(HtmlPayouts::difference).toList());
  }

  private static String difference(Differences of) {
    return row(Markup.th(of.kind(), ""), number(Formats.count(of.count())), td(of.example()));
  }
}
