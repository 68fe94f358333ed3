package io.recredit.allocation;

import io.recredit.evidence.KlarnaRecord;
import java.util.List;

/**
 * All that is known of one order, in any order of its parts.
 *
 * @param klarnaRecord what Klarna's documents of it prove
 */
public record OrderHistory(
    String orderId,
    List<Capture> captures,
    List<Refund> refunds,
    List<Release> releases,
    List<Resolution> resolutions,
    KlarnaRecord klarnaRecord) {

  /** Of an order of which no document was read. */
  public OrderHistory(
      String orderId,
      List<Capture> captures,
      List<Refund> refunds,
      List<Release> releases,
      List<Resolution> resolutions) {
    this(orderId, captures, refunds, releases, resolutions, KlarnaRecord.NONE);
  }

  /** Of an order that nobody resolved anything of, as most are. */
  public OrderHistory(
      String orderId, List<Capture> captures, List<Refund> refunds, List<Release> releases) {
    this(orderId, captures, refunds, releases, List.of());
  }

  /** The same as if nobody had resolved anything. */
  OrderHistory withoutResolutions() {
    return new OrderHistory(orderId, captures, refunds, releases, List.of(), klarnaRecord);
  }

  public OrderHistory {
    captures = List.copyOf(captures);
    refunds = List.copyOf(refunds);
    releases = List.copyOf(releases);
    resolutions = List.copyOf(resolutions);
  }
}
