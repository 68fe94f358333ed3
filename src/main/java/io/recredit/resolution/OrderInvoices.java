package io.recredit.resolution;

import io.recredit.resolution.AskedResolution.AskedPart;
import io.recredit.resolution.Resolutions.Invoice;
import io.recredit.resolution.Resolutions.Resolvable;
import io.recredit.wording.UserException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The captures of orders, found as people name them: by their id, or by their invoice's number. */
record OrderInvoices(List<Invoice> all) {

  private static final int MOST_NAMED = 10;

  /** The same parts, each with its capture's id. */
  List<AskedPart> named(List<AskedPart> asked, Resolvable refund) {
    return asked.stream()
        .map(part -> new AskedPart(captureId(part.captureId(), refund), part.amount()))
        .toList();
  }

  private String captureId(String name, Resolvable refund) {
    var ofOrder =
        all.stream().filter(invoice -> invoice.orderId().equals(refund.orderId())).toList();
    var byId = only(ofOrder, invoice -> invoice.captureId().equals(name));
    return byId.isEmpty() ? byNumber(name, refund, ofOrder) : byId;
  }

  private static String byNumber(String name, Resolvable refund, List<Invoice> ofOrder) {
    var found = only(ofOrder, invoice -> name.equals(invoice.invoice()));
    if (found.isEmpty()) {
      throw new UserException(
          "Refund %s: its order %s has no capture or invoice %s. It has %s."
              .formatted(refund.refundId(), refund.orderId(), name, listed(ofOrder)));
    }
    return found;
  }

  /** Empty where there is none, or more than one. */
  private static String only(List<Invoice> invoices, Predicate<Invoice> which) {
    var found = invoices.stream().filter(which).map(Invoice::captureId).toList();
    return found.size() == 1 ? found.get(0) : "";
  }

  private static String listed(List<Invoice> invoices) {
    if (invoices.isEmpty()) {
      return "none";
    }
    return invoices.stream()
            .limit(MOST_NAMED)
            .map(
                invoice ->
                    invoice.invoice() == null
                        ? invoice.captureId()
                        : "%s (invoice %s)".formatted(invoice.captureId(), invoice.invoice()))
            .collect(Collectors.joining(", "))
        + (invoices.size() > MOST_NAMED ? ", ..." : "");
  }
}
