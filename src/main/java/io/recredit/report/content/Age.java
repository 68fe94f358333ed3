package io.recredit.report.content;

import static io.recredit.wording.Messages.text;

/** How old an open exception is, in days from its refund to the day of the run that is shown. */
public enum Age {
  NEW(1),
  DAYS(7),
  WEEKS(30),
  OLD(Integer.MAX_VALUE);

  private final int lastDay;

  Age(int lastDay) {
    this.lastDay = lastDay;
  }

  /** A refund dated behind the run that decided it is new. */
  static Age of(int days) {
    for (var age : values()) {
      if (days <= age.lastDay) {
        return age;
      }
    }
    return OLD;
  }

  /** "0–1 day". */
  public String words() {
    return text("report.age." + name());
  }
}
