package io.recredit.report.html;

import java.util.List;

/** The few pieces of HTML that a report is put together from. Nothing gets into it unescaped. */
final class Markup {

  private Markup() {}

  static String escaped(String text) {
    var escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isPlain(c) ? c : ' ');
              }
            });
    return escaped.toString();
  }

  /** HTML knows no control characters, and marks that turn the writing round could forge a line. */
  private static boolean isPlain(int c) {
    return !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT;
  }

  /** An element around markup. */
  static String tag(String name, String attributes, String... content) {
    return "<%s%s>%s</%s>"
        .formatted(
            name, attributes.isEmpty() ? "" : " " + attributes, String.join("", content), name);
  }

  static String paragraph(String cssClass, String text) {
    return tag("p", cssClass(cssClass), escaped(text)) + "\n";
  }

  static String heading(String text) {
    return tag("h2", "", escaped(text)) + "\n";
  }

  static String cssClass(String name) {
    return name.isEmpty() ? "" : "class=\"%s\"".formatted(name);
  }

  /** A cell of text. */
  static String td(String text) {
    return td("", escaped(text));
  }

  /** A cell of markup. */
  static String td(String cssClass, String markup) {
    return tag("td", cssClass(cssClass), markup);
  }

  /** A number, which stands to the right. */
  static String number(String text) {
    return td("n", escaped(text));
  }

  /** An identifier in full. */
  static String id(String text) {
    return td("id", escaped(text));
  }

  /** Words below what a cell says. */
  static String words(String text) {
    return text.isEmpty() ? "" : tag("span", cssClass("words"), escaped(text));
  }

  /** The head of a row. */
  static String th(String text, String more) {
    return tag("th", "scope=\"row\"", escaped(text), words(more));
  }

  static String row(String... cells) {
    return tag("tr", "", cells) + "\n";
  }

  /** The head of a column. */
  static String head(String text) {
    return tag("th", "scope=\"col\"", escaped(text));
  }

  /** The head of a column of numbers, which stands to the right as they do. */
  static String numberHead(String text) {
    return tag("th", "scope=\"col\" class=\"n\"", escaped(text));
  }

  static String table(List<String> heads, List<String> rows) {
    return "<table>\n<thead><tr>%s</tr></thead>\n<tbody>\n%s</tbody>\n</table>\n"
        .formatted(String.join("", heads), String.join("", rows));
  }
}
