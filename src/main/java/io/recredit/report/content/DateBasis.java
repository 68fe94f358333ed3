package io.recredit.report.content;

import static io.recredit.wording.Messages.text;

/** Which day of a refund counts for a range of days. */
public enum DateBasis {
  /** The day of the refund itself. */
  BUSINESS_DATE("business_date"),
  /** The day of the run that decided it, as a month's closing wants it. */
  DECIDED_ON("decided_on");

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
