package io.recredit.report.html;

import static io.recredit.wording.Messages.text;

import io.recredit.report.content.Totals;
import java.math.BigInteger;
import java.util.List;

/**
 * Bars as inline SVG. Told apart by lightness and hatching before colour: they are to be read by
 * people who see no colours, and on grey paper. Positions are whole tenths of a pixel.
 */
final class Bars {

  /** Once in a page. */
  static final String PATTERNS =
      """
      <svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>
      <pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
      <rect width="4" height="4" fill="#f6cf9f"/><rect width="1.8" height="4" fill="#b85c0f"/></pattern>
      <pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse">\
      <rect width="4" height="4" fill="#dfe3e9"/><circle cx="2" cy="2" r="1" fill="#5b6675"/></pattern>
      </defs></svg>
      """;

  /** What a part of a bar stands for. */
  enum Part {
    CREDITED("var(--credited)"),
    UNALLOCATED("url(#hatch)"),
    WRITTEN_OFF("url(#dots)");

    private final String fill;

    Part(String fill) {
      this.fill = fill;
    }

    BigInteger of(Totals totals) {
      return switch (this) {
        case CREDITED -> totals.credited();
        case UNALLOCATED -> totals.unallocated();
        case WRITTEN_OFF -> totals.writtenOff();
      };
    }

    String words() {
      return switch (this) {
        case CREDITED -> text("report.credited");
        case UNALLOCATED -> text("report.unallocated");
        case WRITTEN_OFF -> text("report.written-off");
      };
    }

    String fill() {
      return fill;
    }
  }

  /** Of a bar that is as wide as its place: tenths of a percent. */
  private static final int WIDTH = 1000;

  private Bars() {}

  /** So much of a length, in whole tenths; something is never nothing. */
  static int length(BigInteger part, BigInteger whole, int length) {
    if (part.signum() <= 0 || whole.signum() <= 0) {
      return 0;
    }
    return Math.max(1, part.multiply(BigInteger.valueOf(length)).divide(whole).intValueExact());
  }

  /** 123 tenths are "12.3". */
  static String px(int tenths) {
    return tenths % 10 == 0 ? String.valueOf(tenths / 10) : tenths / 10 + "." + tenths % 10;
  }

  static String rect(int x, int y, int width, int height, String fill) {
    return "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>"
        .formatted(px(x), px(y), px(width), px(height), fill);
  }

  /** All that was given back, by what became of it. */
  static String shares(Totals totals) {
    var whole = totals.refunded().subtract(totals.duplicated());
    var bar = new StringBuilder();
    var x = 0;
    for (var part : Part.values()) {
      var width = length(part.of(totals), whole, WIDTH);
      bar.append(share(x, width, part));
      x += width;
    }
    return wide(bar.toString());
  }

  /** The part of all that is open which an amount is. */
  static String open(BigInteger amount, BigInteger all) {
    return wide(
        "<rect width=\"100%\" height=\"10\" fill=\"#eef1f5\"/>"
            + share(0, length(amount, all, WIDTH), Part.UNALLOCATED));
  }

  private static String share(int x, int width, Part part) {
    return width == 0
        ? ""
        : "<rect x=\"%s%%\" width=\"%s%%\" height=\"10\" fill=\"%s\"/>"
            .formatted(px(x), px(width), part.fill());
  }

  private static String wide(String content) {
    return "<svg class=\"wide\" height=\"10\" aria-hidden=\"true\">%s</svg>".formatted(content);
  }

  static String legend() {
    var entries = new StringBuilder();
    for (var part : List.of(Part.values())) {
      entries.append(
          "<span><svg viewBox=\"0 0 18 12\" aria-hidden=\"true\">%s</svg>%s</span>"
              .formatted(rect(0, 0, 180, 120, part.fill()), Markup.escaped(part.words())));
    }
    return "<div class=\"legend\">%s</div>\n".formatted(entries);
  }
}
