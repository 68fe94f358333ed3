package io.recredit.payout;

/** Takes the rows of a report as they stand there, before anything is made of them. */
interface Rows {

  void summary(Said said);

  void transaction(Said said);

  /**
   * A row of which nothing can be told.
   *
   * @param inSummary whether it stands where summaries do
   */
  void unreadable(RejectedRow row, boolean inSummary);

  /** A document of JSON has ended. */
  default void page(int number, Pagination pagination) {}

  /**
   * What a page says of itself.
   *
   * @param offset how many stand before it
   * @param count how many stand on it; negative where it does not say so
   * @param total how many there are; negative where it does not say so
   */
  record Pagination(boolean isSaid, long offset, long count, long total) {

    static final Pagination NONE = new Pagination(false, 0, -1, -1);

    /** With what was counted, where it says nothing of it. */
    Pagination of(long counted) {
      return isSaid && count < 0 ? new Pagination(true, offset, counted, total) : this;
    }

    boolean isOneOfSeveral() {
      return total > count;
    }
  }
}
