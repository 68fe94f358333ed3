package io.recredit;

import java.util.List;

/** What people read, for tests that compare all of it. */
public final class ShownTables {

  /** Those whose past can be read too. */
  public static final List<String> OF_DECISIONS =
      List.of(
          "invoice_credit",
          "refund_exception",
          "refund_write_off",
          "refund_duplicate",
          "invoice_balance",
          "over_refunded",
          "daily_reconciliation",
          "refund_evidence",
          "refund_place",
          "refund_to_move",
          "invoice_comparison",
          "order_comparison",
          "rule_agreement",
          "feed_difference",
          "credit_line",
          "payout",
          "payout_transaction",
          "refund_payout",
          "capture_payout",
          "payout_difference",
          "refused_refund",
          "refund_event");

  private ShownTables() {}

  /** The query for a relation's rows, each as a text, without some of their columns. */
  public static String rows(String relation, List<String> without) {
    return """
        select (to_jsonb(t) - string_to_array('%s', ','))::text from %s t order by 1
        """
        .formatted(String.join(",", without), relation);
  }
}
