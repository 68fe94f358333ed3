package io.recredit.feed;

import io.recredit.allocation.Capture;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Refund;
import java.util.List;

/**
 * What of a record could be about a person, and is left out once its order was erased: names of
 * lines, descriptions, the shop's own references of captures and refunds, its second reference of
 * an order; in the body of a refused request too, and there the first one and what is said to be
 * wrong. No rule looks at them. Ids, the references of lines, the order's first reference, by which
 * the journal names it, amounts, rates and times stay.
 */
public final class PersonalFields {

  private static final Delivered.Kinds<Delivered> WITHOUT =
      new Delivered.Kinds<>() {
        @Override
        public Delivered of(Delivered.OfCapture delivered) {
          return new Delivered.OfCapture(
              without(delivered.capture()), without(delivered.merchant()), delivered.otherId());
        }

        @Override
        public Delivered of(Delivered.OfRefund delivered) {
          return new Delivered.OfRefund(
              without(delivered.refund()), without(delivered.merchant()), delivered.otherId());
        }

        @Override
        public Delivered of(Delivered.OfRelease delivered) {
          return delivered;
        }

        @Override
        public Delivered of(Delivered.OfDocument delivered) {
          return new Delivered.OfDocument(without(delivered.document()));
        }

        @Override
        public Delivered of(Delivered.OfRefusal delivered) {
          return new Delivered.OfRefusal(without(delivered.refusal()));
        }

        @Override
        public Delivered of(Delivered.OfEvent delivered) {
          return delivered;
        }
      };

  private PersonalFields() {}

  /** The record without them. */
  public static Delivered without(Delivered record) {
    return record.by(WITHOUT);
  }

  /** The lines without their names. */
  public static List<OrderLine> without(List<OrderLine> lines) {
    return lines.stream()
        .map(
            line ->
                new OrderLine(
                    line.reference(),
                    line.type(),
                    null,
                    line.quantity(),
                    line.unitPrice(),
                    line.taxRate(),
                    line.totalAmount(),
                    line.totalTaxAmount()))
        .toList();
  }

  private static MerchantReferences without(MerchantReferences merchant) {
    return new MerchantReferences(merchant.first(), null);
  }

  private static Capture without(Capture capture) {
    return new Capture(
        capture.captureId(),
        capture.orderId(),
        capture.capturedAmount(),
        capture.capturedAt(),
        capture.purchaseCountry(),
        capture.purchaseCurrency(),
        capture.orderAmount(),
        capture.klarnaReference(),
        null,
        without(capture.orderLines()));
  }

  private static Refund without(Refund refund) {
    return new Refund(
        refund.refundId(),
        refund.orderId(),
        refund.refundedAmount(),
        refund.refundedAt(),
        refund.purchaseCurrency(),
        refund.captureId(),
        null,
        null,
        refund.idempotencyKey(),
        without(refund.orderLines()));
  }

  private static Refusal without(Refusal refusal) {
    var request = refusal.request();
    return new Refusal(
        refusal.orderId(),
        refusal.attemptedAt(),
        new Refusal.Request(
            request.isRefund(),
            null,
            request.orderId(),
            request.refundId(),
            request.refundedAmount(),
            request.refundedAt(),
            request.purchaseCurrency(),
            request.captureId(),
            null,
            null,
            request.idempotencyKey(),
            new MerchantReferences(null, null),
            without(request.orderLines())),
        refusal.httpStatus(),
        refusal.errorCode(),
        refusal.errorMessages(),
        refusal.correlationId());
  }

  private static OrderDocument without(OrderDocument document) {
    return new OrderDocument(
        document.orderId(),
        document.purchaseCountry(),
        document.purchaseCurrency(),
        document.readAt(),
        document.orderAmount(),
        document.capturedAmount(),
        document.refundedAmount(),
        document.remainingAuthorizedAmount(),
        without(document.merchant()),
        document.klarnaReference(),
        document.captures().stream().map(PersonalFields::without).toList(),
        document.refunds().stream().map(PersonalFields::without).toList());
  }

  private static OrderDocument.OfCapture without(OrderDocument.OfCapture capture) {
    return new OrderDocument.OfCapture(
        capture.captureId(),
        capture.capturedAmount(),
        capture.capturedAt(),
        capture.refundedAmount(),
        capture.klarnaReference(),
        null,
        without(capture.orderLines()));
  }

  private static OrderDocument.OfRefund without(OrderDocument.OfRefund refund) {
    return new OrderDocument.OfRefund(
        refund.refundId(),
        refund.isNamed(),
        refund.refundedAmount(),
        refund.refundedAt(),
        null,
        null,
        without(refund.orderLines()));
  }
}
