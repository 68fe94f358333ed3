package io.recredit.explain;

import io.recredit.wording.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines for a terminal, wrapped between words. */
final class WrappedText {

  private static final int WIDTH = 100;

  private final List<String> lines = new ArrayList<>();

  void blank() {
    lines.add("");
  }

  void text(String text) {
    text("", text);
  }

  /** A paragraph of an answer, behind a word that says what it tells. */
  void labelled(String label, String text) {
    text(String.format(Locale.ROOT, "  %-12s", label), text);
  }

  /** The text behind a label; further lines stand below the first. */
  void text(String label, String text) {
    var indent = " ".repeat(label.length());
    var start = label;
    // Names and references come from files: nothing in them may steer the terminal.
    var rest = Printable.of(text);
    while (start.length() + rest.length() > WIDTH) {
      var cut = rest.lastIndexOf(' ', WIDTH - start.length());
      if (cut <= 0) {
        cut = rest.indexOf(' ', 1);
      }
      if (cut < 0) {
        break;
      }
      lines.add(start + rest.substring(0, cut));
      rest = rest.substring(cut + 1);
      start = indent;
    }
    lines.add((start + rest).stripTrailing());
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
