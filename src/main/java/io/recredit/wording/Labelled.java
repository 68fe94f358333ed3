package io.recredit.wording;

import java.util.List;
import java.util.Locale;

/** Groups of lines with a label each, one under the other, as a run's summary has them. */
public final class Labelled {

  private Labelled() {}

  /** The label stands before the first line of its group; without lines there is no label. */
  public static void add(List<String> lines, String label, List<String> group) {
    for (var i = 0; i < group.size(); i++) {
      lines.add(String.format(Locale.ROOT, "  %-11s %s", i == 0 ? label : "", group.get(i)));
    }
  }
}
