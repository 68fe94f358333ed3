package io.recredit.payout;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a report that are known, totals apart. Of a rejected JSON object these are kept.
 */
enum Name {
  PAYMENT_REFERENCE,
  PAYOUT_DATE,
  TYPE,
  DETAILED_TYPE,
  AMOUNT,
  CURRENCY,
  CURRENCY_CODE,
  SETTLEMENT_CURRENCY,
  POSTING_CURRENCY,
  ORDER_ID,
  PAYMENT_TRANSACTION_ID,
  CAPTURE_ID,
  PAYMENT_CAPTURE_ID,
  REFUND_ID,
  PAYMENT_REFUND_ID,
  MERCHANT_REFERENCE1,
  MERCHANT_CAPTURE_REFERENCE,
  MERCHANT_REFUND_REFERENCE,
  CAPTURE_DATE;

  /** Of these the first that has a value. */
  static final List<Name> CURRENCIES =
      List.of(CURRENCY, CURRENCY_CODE, SETTLEMENT_CURRENCY, POSTING_CURRENCY);

  private static final Map<String, Name> BY_TEXT =
      Arrays.stream(values()).collect(Collectors.toMap(Name::text, Function.identity()));

  private final String text = name().toLowerCase(Locale.ROOT);

  String text() {
    return text;
  }

  static @Nullable Name of(String text) {
    return BY_TEXT.get(text);
  }
}
