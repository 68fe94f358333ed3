package io.recredit.report;

/** How old an open exception is, in days from its refund to the day of the run that is shown. */
enum Age {
  NEW(1, "0–1 day"),
  DAYS(7, "2–7 days"),
  WEEKS(30, "8–30 days"),
  OLD(Integer.MAX_VALUE, "over 30 days");

  private final int lastDay;
  private final String words;

  Age(int lastDay, String words) {
    this.lastDay = lastDay;
    this.words = words;
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

  String words() {
    return words;
  }
}
