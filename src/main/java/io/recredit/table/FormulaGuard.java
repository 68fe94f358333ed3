package io.recredit.table;

/**
 * Text that a spreadsheet program would take for a formula. A CSV file has no way to say that it is
 * none, so there an apostrophe stands before it, as such programs themselves write it.
 */
public final class FormulaGuard {

  private static final String STARTS = "=+-@\t\r";
  private static final char GUARD = '\'';

  private FormulaGuard() {}

  static boolean looksLikeFormula(String text) {
    return !text.isEmpty() && STARTS.indexOf(text.charAt(0)) >= 0;
  }

  public static String guarded(String text) {
    return isToBeGuarded(text) ? GUARD + text : text;
  }

  public static String unguarded(String text) {
    return !text.isEmpty() && text.charAt(0) == GUARD && isToBeGuarded(text.substring(1))
        ? text.substring(1)
        : text;
  }

  /** One that has the guard by itself gets another, so that each can be taken off again. */
  private static boolean isToBeGuarded(String text) {
    var guards = 0;
    while (guards < text.length() && text.charAt(guards) == GUARD) {
      guards++;
    }
    return looksLikeFormula(text.substring(guards));
  }
}
