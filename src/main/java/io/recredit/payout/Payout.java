package io.recredit.payout;

import io.recredit.payout.Rows.Pagination;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a file says of one payout: its summary, and where that is silent the first of its rows. */
final class Payout {

  private static final int NO_PAGE = -1;
  private static final int SEVERAL_PAGES = -2;

  private @Nullable String currencyOfSummary;
  private @Nullable String currencyOfRow;
  private @Nullable ReportDate dateOfSummary;
  private @Nullable ReportDate dateOfRow;
  private int page = NO_PAGE;
  private boolean isThere;

  /** Of several the first that says something. */
  void summary(Said said) {
    isThere = true;
    if (currencyOfSummary == null) {
      currencyOfSummary = currency(said);
    }
    if (dateOfSummary == null) {
      dateOfSummary = new RowCheck(said).date(Name.PAYOUT_DATE);
    }
  }

  void transaction(Said said) {
    isThere = true;
    if (currencyOfRow == null) {
      currencyOfRow = currency(said);
    }
    if (dateOfRow == null) {
      dateOfRow = new RowCheck(said).date(Name.PAYOUT_DATE);
    }
    page = page == NO_PAGE || page == said.page() ? said.page() : SEVERAL_PAGES;
  }

  /** A million payouts have few currencies. */
  private static @Nullable String currency(Said said) {
    var currency = new RowCheck(said).currency();
    return currency == null ? null : currency.intern();
  }

  /** Whether any row is of it. */
  boolean isThere() {
    return isThere;
  }

  /** With what another says where this one is silent. */
  Payout or(Payout other) {
    currencyOfSummary = first(currencyOfSummary, other.currencyOfSummary);
    currencyOfRow = first(currencyOfRow, other.currencyOfRow);
    dateOfSummary = first(dateOfSummary, other.dateOfSummary);
    dateOfRow = first(dateOfRow, other.dateOfRow);
    if (other.page != NO_PAGE) {
      page = page == NO_PAGE || page == other.page ? other.page : SEVERAL_PAGES;
    }
    return this;
  }

  private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
    return one == null ? other : one;
  }

  @Nullable String currency() {
    return first(currencyOfSummary, currencyOfRow);
  }

  @Nullable ReportDate date() {
    return first(dateOfSummary, dateOfRow);
  }

  /** Null where its transactions are on no page of several, or the file has more than one. */
  @Nullable Long pageOffset(List<Pagination> pages) {
    if (page < 0 || page >= pages.size() || !pages.get(page).isOneOfSeveral()) {
      return null;
    }
    return pages.get(page).offset();
  }
}
