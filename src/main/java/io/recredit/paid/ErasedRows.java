package io.recredit.paid;

import io.recredit.input.ErasedOrders;
import io.recredit.payout.RejectedRow;
import io.recredit.payout.Transaction;

/**
 * Of which rows the shop's own references are not kept: those that name an erased order
 * (operation.md, "Erasing"). Not those that name its refunds under another order: whether these are
 * known hangs on what was read before.
 */
record ErasedRows(ErasedOrders orders) {

  Transaction without(Transaction row) {
    return row.orderId() != null && orders.ids().contains(row.orderId())
        ? new Transaction(
            row.paymentReference(),
            row.row(),
            row.type(),
            row.detailedType(),
            row.amount(),
            row.currency(),
            row.orderId(),
            row.captureId(),
            row.refundId(),
            row.orderReference(),
            null,
            null,
            row.capturedAt())
        : row;
  }

  RejectedRow without(RejectedRow row) {
    return !orders.ids().isEmpty() && orders.areIn(row.raw() + " " + row.error())
        ? new RejectedRow(row.row(), ErasedOrders.ERASED, ErasedOrders.ERASED)
        : row;
  }
}
