package io.recredit.report.html;

import static io.recredit.wording.Messages.text;

import io.recredit.report.content.Formats;
import io.recredit.report.content.Overview;
import io.recredit.report.content.Overview.DayTotals;
import io.recredit.report.content.ReportRequest;
import io.recredit.report.content.Totals;
import io.recredit.wording.Amounts;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A bar per day of what became of the refunds in one currency; of a long range per week or month.
 */
final class DayChart {

  private static final int WIDTH = 9000;
  private static final int LEFT = 900;
  private static final int TOP = 180;
  private static final int PLOT_HEIGHT = 1300;
  private static final int HEIGHT = TOP + PLOT_HEIGHT + 220;
  private static final int MOST_BARS = 190;
  private static final int MOST_LABELS = 11;
  private static final int WIDEST_BAR = 400;
  private static final int HALF_A_LABEL = 350;

  /** Of so many bars one may be cut. */
  private static final int BARS_PER_CUT = 30;

  private static final BigInteger FAR_ABOVE = BigInteger.valueOf(3);

  /** How long a time one bar stands for. */
  private enum Span {
    DAY(ChronoUnit.DAYS),
    WEEK(ChronoUnit.WEEKS),
    MONTH(ChronoUnit.MONTHS),
    YEAR(ChronoUnit.YEARS);

    private final ChronoUnit unit;

    Span(ChronoUnit unit) {
      this.unit = unit;
    }

    String words() {
      return text("report.chart.span." + name());
    }

    LocalDate start(LocalDate day) {
      return switch (this) {
        case DAY -> day;
        case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        case MONTH -> day.withDayOfMonth(1);
        case YEAR -> day.withDayOfYear(1);
      };
    }

    static Span of(ReportRequest request) {
      for (var span : values()) {
        if (span.unit.between(request.from(), request.to()) < MOST_BARS) {
          return span;
        }
      }
      return YEAR;
    }
  }

  private final Span span;
  private final @Nullable String currency;
  private final List<LocalDate> starts = new ArrayList<>();
  private final TreeMap<LocalDate, Totals> bars = new TreeMap<>();
  private final StringBuilder svg = new StringBuilder();

  private DayChart(Overview overview, @Nullable String currency) {
    var request = overview.reported().request();
    span = Span.of(request);
    this.currency = currency;
    for (var at = span.start(request.from());
        !at.isAfter(request.to());
        at = at.plus(1, span.unit)) {
      starts.add(at);
    }
    for (DayTotals of : overview.days()) {
      if (of.day() != null && Objects.equals(of.totals().currency(), currency)) {
        bars.merge(span.start(of.day()), of.totals(), Totals::plus);
      }
    }
  }

  static String of(Overview overview, @Nullable String currency) {
    var chart = new DayChart(overview, currency);
    chart.draw();
    return """
    <figure>
    <figcaption>%s</figcaption>
    <svg viewBox="0 0 %s %s" role="img" aria-label="%s">
    %s</svg>
    </figure>
    """
        .formatted(
            Markup.escaped(chart.caption()),
            Bars.px(WIDTH),
            Bars.px(HEIGHT),
            Markup.escaped(
                text("report.chart.label", chart.span.words(), Formats.currency(currency))),
            chart.svg);
  }

  private String caption() {
    return span == Span.DAY
        ? Formats.currency(currency)
        : text("report.chart.caption", Formats.currency(currency), span.words());
  }

  private void draw() {
    var step = step();
    var highest = step.multiply(BigInteger.valueOf(lines(step)));
    for (var i = 0; i <= lines(step); i++) {
      line(step.multiply(BigInteger.valueOf(i)), highest);
    }
    for (var i = 0; i < starts.size(); i++) {
      var totals = bars.get(starts.get(i));
      if (totals != null) {
        bar(i, totals, highest);
      }
    }
    labels();
  }

  /**
   * The largest bar that is drawn whole. A single huge refund would flatten all others to nothing:
   * a few bars that are far above the rest are cut, and say their amount.
   */
  private BigInteger largest() {
    var heights =
        bars.values().stream().map(DayChart::height).sorted(Comparator.reverseOrder()).toList();
    if (heights.isEmpty()) {
      return BigInteger.ONE;
    }
    var whole = heights.get(Math.min(heights.size() - 1, starts.size() / BARS_PER_CUT));
    var isFarAbove = heights.get(0).compareTo(whole.multiply(FAR_ABOVE)) > 0;
    return (isFarAbove ? whole : heights.get(0)).max(BigInteger.ONE);
  }

  private static BigInteger height(Totals totals) {
    return totals.refunded().subtract(totals.duplicated());
  }

  /** Between lines: 1, 2 or 5 with noughts behind it, so that two to five lines are enough. */
  private BigInteger step() {
    var largest = largest();
    for (var power = BigInteger.ONE; ; power = power.multiply(BigInteger.TEN)) {
      for (var factor : List.of(1, 2, 5)) {
        var step = power.multiply(BigInteger.valueOf(factor));
        if (step.multiply(BigInteger.valueOf(4)).compareTo(largest) >= 0) {
          return step;
        }
      }
    }
  }

  private int lines(BigInteger step) {
    return largest().add(step).subtract(BigInteger.ONE).divide(step).intValueExact();
  }

  private void line(BigInteger amount, BigInteger highest) {
    var y = TOP + PLOT_HEIGHT - Bars.length(amount, highest, PLOT_HEIGHT);
    svg.append(
        "<line x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"1\"/>"
            .formatted(
                Bars.px(LEFT),
                Bars.px(WIDTH),
                Bars.px(y),
                Bars.px(y),
                amount.signum() == 0 ? "#1b2430" : "#e3e7ed"));
    svg.append(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"end\">%s</text>\n"
            .formatted(Bars.px(LEFT - 80), Bars.px(y + 40), whole(amount)));
  }

  /** Without decimals where there are only noughts. */
  private String whole(BigInteger amount) {
    return Amounts.number(amount, currency).replaceFirst("\\.0+$", "");
  }

  private void bar(int i, Totals totals, BigInteger highest) {
    var x = LEFT + (WIDTH - LEFT) * i / starts.size();
    var room = LEFT + (WIDTH - LEFT) * (i + 1) / starts.size() - x;
    var width = Math.max(4, Math.min(room * 4 / 5, WIDEST_BAR));
    var y = TOP + PLOT_HEIGHT;
    svg.append("<g><title>").append(starts.get(i)).append(": ");
    var said = new ArrayList<String>();
    for (var part : Bars.Part.values()) {
      said.add(text("report.chart.part", part.words(), Amounts.number(part.of(totals), currency)));
    }
    svg.append(Markup.escaped(String.join(", ", said))).append("</title>");
    var left = highest;
    for (var part : Bars.Part.values()) {
      var height = Bars.length(part.of(totals).min(left), highest, PLOT_HEIGHT);
      left = left.subtract(part.of(totals)).max(BigInteger.ZERO);
      y -= height;
      svg.append(
          height == 0 ? "" : Bars.rect(x + (room - width) / 2, y, width, height, part.fill()));
    }
    if (height(totals).compareTo(highest) > 0) {
      cut(x + room / 2, height(totals));
    }
    svg.append("</g>\n");
  }

  /** A gap in the bar, and what it comes to. */
  private void cut(int x, BigInteger amount) {
    svg.append(
        "<path d=\"M%s %s l16 -6\" stroke=\"#fff\" stroke-width=\"4\"/>"
            .formatted(Bars.px(x - 80), Bars.px(TOP + 180)));
    svg.append(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" class=\"cut\">%s</text>"
            .formatted(Bars.px(x), Bars.px(TOP - 40), anchor(x), whole(amount)));
  }

  /** So that no text is cut off at an end. */
  private static String anchor(int x) {
    if (x < LEFT + HALF_A_LABEL) {
      return "start";
    }
    return x > WIDTH - HALF_A_LABEL ? "end" : "middle";
  }

  private void labels() {
    for (var i = 0; i < starts.size(); i++) {
      if (isLabelled(i)) {
        var x = LEFT + (WIDTH - LEFT) * (2 * i + 1) / (2 * starts.size());
        svg.append(
            "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
                .formatted(Bars.px(x), Bars.px(HEIGHT - 40), anchor(x), starts.get(i)));
      }
    }
  }

  private boolean isLabelled(int i) {
    if (starts.size() <= MOST_LABELS) {
      return true;
    }
    if (span == Span.DAY) {
      return starts.size() <= MOST_LABELS * 7
          ? starts.get(i).getDayOfWeek() == DayOfWeek.MONDAY
          : starts.get(i).getDayOfMonth() == 1;
    }
    return i % ((starts.size() + MOST_LABELS - 1) / MOST_LABELS) == 0;
  }
}
