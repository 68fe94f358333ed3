package io.recredit.resolution;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The captures of an order at some time, as people name them, the oldest first: by their id, or by
 * the number of their invoice.
 */
record Invoices(String orderId, List<Invoice> all) {

  private static final int MOST_NAMED = 10;

  /**
   * A capture.
   *
   * @param number that the customer sees, if it has one
   */
  record Invoice(String captureId, @Nullable String number) {

    private String named() {
      return number == null ? captureId : text("resolution.capture.invoice", captureId, number);
    }
  }

  Invoices {
    all = List.copyOf(all);
  }

  /** Whether something is named so. */
  boolean has(String name) {
    return !called(name).isEmpty();
  }

  /** The one that is meant; {@link UserException} where there is none, or more than one. */
  String captureId(String refundId, String name) {
    var called = called(name);
    if (called.size() == 1) {
      return called.get(0).captureId();
    }
    throw new UserException(
        called.isEmpty()
            ? text("resolution.capture.unknown", refundId, orderId, name, named(all))
            : text("resolution.capture.several", refundId, name, called.size(), ids(called)));
  }

  /** By its id, or else those with the number. */
  List<Invoice> called(String name) {
    var byId = those(invoice -> invoice.captureId().equals(name));
    return byId.isEmpty() ? those(invoice -> name.equals(invoice.number())) : byId;
  }

  private List<Invoice> those(Predicate<Invoice> which) {
    return all.stream().filter(which).toList();
  }

  private static String named(List<Invoice> invoices) {
    return invoices.isEmpty()
        ? text("resolution.capture.none")
        : listed(invoices.stream().map(Invoice::named), invoices.size());
  }

  private static String ids(List<Invoice> invoices) {
    return listed(invoices.stream().map(Invoice::captureId), invoices.size());
  }

  private static String listed(Stream<String> names, int count) {
    var listed = names.limit(MOST_NAMED).collect(Collectors.joining(", "));
    return count > MOST_NAMED ? listed + ", ..." : listed;
  }
}
