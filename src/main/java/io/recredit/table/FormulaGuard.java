package io.recredit.table;

import java.util.regex.Pattern;

/**
 * Text that a spreadsheet program would take for a formula. A CSV file has no way to say that it is
 * none, so there an apostrophe stands before it, as such programs themselves write it; and wherever
 * one that goes by another separator would see a field begin.
 */
public final class FormulaGuard {

  private static final String SIGNS = "=+\\-@\\t\\r\\n\uFF1D\uFF0B\uFF0D\uFF20";
  private static final Pattern FORMULA = Pattern.compile("[" + SIGNS + "].*", Pattern.DOTALL);

  /** Where a field begins, by whichever separator, with the apostrophes that are there already. */
  private static final Pattern TO_GUARD = Pattern.compile("(^|[;\t\n\r])('*)(?=[" + SIGNS + "])");

  private static final Pattern GUARDED = Pattern.compile("(^|[;\t\n\r])'('*)(?=[" + SIGNS + "])");

  private FormulaGuard() {}

  static boolean looksLikeFormula(String text) {
    return FORMULA.matcher(text).matches();
  }

  /** One that has the guard by itself gets another, so that each can be taken off again. */
  public static String guarded(String text) {
    return TO_GUARD.matcher(text).replaceAll("$1'$2");
  }

  public static String unguarded(String text) {
    return GUARDED.matcher(text).replaceAll("$1$2");
  }

  static boolean isGuarded(String text) {
    return GUARDED.matcher(text).find();
  }
}
