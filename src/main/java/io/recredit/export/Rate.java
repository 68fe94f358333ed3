package io.recredit.export;

import org.jspecify.annotations.Nullable;

/**
 * What a row of a voucher says of the rate.
 *
 * @param word "2500" is 25 %; "unknown" where nobody knows it; "" where there is none
 */
record Rate(String word) {

  static final String UNKNOWN = "unknown";
  static final Rate NONE = new Rate("");

  static Rate of(@Nullable Long rate) {
    return new Rate(rate == null ? UNKNOWN : rate.toString());
  }
}
