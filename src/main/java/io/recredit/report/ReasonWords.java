package io.recredit.report;

import io.recredit.allocation.Reason;

/** What the reasons of exceptions mean, in a few words for somebody who meets them first. */
final class ReasonWords {

  private ReasonWords() {}

  static String of(String reason) {
    return switch (Reason.valueOf(reason)) {
      case OPERATION_LIMIT_EXCEEDED -> "more operations on the order than Klarna accepts";
      case NO_CAPTURE -> "nothing of the order was captured at that time";
      case CURRENCY_MISMATCH -> "in another currency than its order";
      case CAPTURE_NOT_FOUND -> "names a capture that the order does not have";
      case EXCEEDS_CAPTURED_AMOUNT -> "larger than what was captured";
      case EXCEEDS_REMAINING_AMOUNT -> "larger than what is left of the invoice";
      case PRIOR_ALLOCATION_FAILED -> "an earlier refund of the order blocks it";
      case NO_ORDER_LINES -> "several invoices, and no order lines to tell which";
      case LINES_SUM_MISMATCH -> "its order lines sum to another amount";
      case RETURN_FEE_NOT_ELIGIBLE -> "a return fee where none may be kept";
      case REFERENCE_MISSING -> "an order line without a reference";
      case REFERENCE_NOT_CAPTURED -> "a reference that is on no capture";
      case AMBIGUOUS_CAPTURE -> "several invoices could take it; the policy rejects that";
      case SPANS_CAPTURES -> "its lines lie on several invoices; the policy rejects that";
      case NEGATIVE_CREDIT -> "a discount that no invoice can take";
      case RESOLUTION_VOID -> "resolved, and contradicted by later input";
    };
  }
}
