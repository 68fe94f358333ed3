package io.recredit.report;

/** Which day of a refund counts for a range of days. */
public enum DateBasis {
  /** The day of the refund itself. */
  BUSINESS_DATE("business_date", "by business date"),
  /** The day of the run that decided it, as a month's closing wants it. */
  DECIDED_ON("decided_on", "by the day of deciding");

  private final String column;
  private final String words;

  DateBasis(String column, String words) {
    this.column = column;
    this.words = words;
  }

  /** As the relations name it. */
  String column() {
    return column;
  }

  String words() {
    return words;
  }
}
