package io.recredit.allocation;

import java.util.Comparator;

/** Texts by code point, as PostgreSQL's collation "C" has them. */
public final class CodePoints {

  /**
   * {@link String#compareTo} goes by UTF-16 unit and so puts U+FF5E behind U+1F600, whose
   * surrogates are smaller; code points say otherwise.
   */
  public static final Comparator<String> ORDER = CodePoints::compare;

  private CodePoints() {}

  private static int compare(String a, String b) {
    var shorter = Math.min(a.length(), b.length());
    for (var i = 0; i < shorter; i++) {
      var x = a.charAt(i);
      var y = b.charAt(i);
      if (x != y) {
        var bothOrNeither = Character.isSurrogate(x) == Character.isSurrogate(y);
        return bothOrNeither ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
