package io.recredit.feed;

/** What the contract asks of texts. */
public final class Texts {

  /** Whether a text can be kept, or why not. */
  public enum Finding {
    GOOD,
    NUL,
    ILL_FORMED
  }

  private Texts() {}

  /** JSON can escape what no text can hold: a NUL, and one half of a surrogate pair. */
  public static Finding check(String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == 0) {
        return Finding.NUL;
      }
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return Finding.ILL_FORMED;
        }
        i++;
      }
    }
    return Finding.GOOD;
  }

  /** ASCII letters only: a Turkish or Cyrillic look-alike is in no country code. */
  public static boolean isLetters(String text, int count) {
    if (text.length() != count) {
      return false;
    }
    for (var i = 0; i < count; i++) {
      var lower = text.charAt(i) | 0x20;
      if (lower < 'a' || lower > 'z') {
        return false;
      }
    }
    return true;
  }
}
