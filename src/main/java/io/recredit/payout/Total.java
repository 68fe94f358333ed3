package io.recredit.payout;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The totals of a payout, in Klarna's order. */
public enum Total {
  SALE,
  RETURN,
  FEE,
  FEE_CORRECTION,
  REVERSAL,
  COMMISSION,
  CHARGE,
  CREDIT,
  REPAY,
  HOLDBACK,
  RELEASE,
  TAX,
  SETTLEMENT,
  OPENING_DEBT_BALANCE,
  CLOSING_DEBT_BALANCE,
  DEPOSIT,
  FEE_REFUND;

  static final String PREFIX = "total_";
  private static final String ENDING = "_amount";
  private static final Map<String, Total> BY_NAME = new HashMap<>();

  static {
    for (var total : values()) {
      var name = total.name().toLowerCase(Locale.ROOT);
      BY_NAME.put(name, total);
      BY_NAME.put(name + ENDING, total);
      BY_NAME.put(PREFIX + name, total);
      BY_NAME.put(PREFIX + name + ENDING, total);
    }
  }

  /** As the column of a summary is called, {@code total_sale_amount}. */
  String column() {
    return PREFIX + field();
  }

  /** As Klarna's API calls it, {@code sale_amount}. */
  String field() {
    return name().toLowerCase(Locale.ROOT) + ENDING;
  }

  /** Of a name in lower case, with or without what stands around it; null where it is none. */
  static @Nullable Total of(String name) {
    return BY_NAME.get(name);
  }
}
