package io.recredit.job;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version of a generated settlement report: as it stands in its file, and what is to be read
 * there.
 *
 * @param isReport whether it is one; else nothing is read
 * @param rejected rows that cannot be read by their numbers, as they are kept
 */
record PayoutReport(
    String text,
    boolean isReport,
    List<Part> parts,
    List<Row> rows,
    List<Totals> totals,
    Map<Integer, String> rejected) {

  boolean saysNothing() {
    return rows.isEmpty() && totals.isEmpty();
  }

  static PayoutReport none(String text) {
    return new PayoutReport(text, false, List.of(), List.of(), List.of(), Map.of());
  }

  /** Whether any of its rows can be read: else what was read before stays. */
  boolean isReadable() {
    return !rows.isEmpty() || !totals.isEmpty();
  }

  /** With what else was rejected when it was read again. */
  PayoutReport rejecting(Map<Integer, String> other) {
    return new PayoutReport(text, isReport, parts, rows, totals, other);
  }

  /** A day, or where the report has an offset, a moment. */
  record Date(@Nullable LocalDate day, @Nullable Instant at) {

    @Nullable LocalDate in(ZoneId zone) {
      return at == null ? day : LocalDate.ofInstant(at, zone);
    }
  }

  /**
   * What it says of a payout.
   *
   * @param offset where its rows are on a page of several
   */
  record Part(String payout, @Nullable Date date, String currency, @Nullable Long offset) {}

  /** A transaction, with the sign that it has in the report. */
  record Row(
      String payout,
      long number,
      String type,
      @Nullable String detailedType,
      BigInteger amount,
      String currency,
      @Nullable String orderId,
      @Nullable String captureId,
      @Nullable String refundId,
      @Nullable String orderReference,
      @Nullable String captureReference,
      @Nullable String refundReference,
      @Nullable Instant capturedAt) {

    Row numbered(long as) {
      return with(as, amount, captureReference, refundReference);
    }

    /** What is left of it when its order is erased. */
    Row withoutReferences() {
      return with(number, amount, null, null);
    }

    Row of(BigInteger otherAmount) {
      return with(number, otherAmount, captureReference, refundReference);
    }

    private Row with(
        long number,
        BigInteger amount,
        @Nullable String captureReference,
        @Nullable String refundReference) {
      return new Row(
          payout,
          number,
          type,
          detailedType,
          amount,
          currency,
          orderId,
          captureId,
          refundId,
          orderReference,
          captureReference,
          refundReference,
          capturedAt);
    }
  }

  /**
   * A summary.
   *
   * @param amounts by their columns in the relation: "sale_amount"
   */
  record Totals(String payout, Map<String, BigInteger> amounts) {}
}
