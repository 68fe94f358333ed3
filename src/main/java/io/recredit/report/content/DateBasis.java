package io.recredit.report.content;

import static io.recredit.wording.Messages.text;

/** Which day counts for a range of days. */
public enum DateBasis {
  /** The day of the refund itself. */
  BUSINESS_DATE("business_date"),
  /** The day in whose books a change of money stands, as a month's closing wants it. */
  POSTING_DATE("posting_date");

  private final String column;

  DateBasis(String column) {
    this.column = column;
  }

  /** As the relations name it. */
  public String column() {
    return column;
  }

  /** "by business date". */
  public String words() {
    return text("report.basis." + name());
  }
}
