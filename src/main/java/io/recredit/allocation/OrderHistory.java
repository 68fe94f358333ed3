package io.recredit.allocation;

import java.util.List;

/** All that is known of one order, in any order of its parts. */
public record OrderHistory(
    String orderId,
    List<Capture> captures,
    List<Refund> refunds,
    List<Release> releases,
    List<Resolution> resolutions) {

  /** Of an order that nobody resolved anything of, as most are. */
  public OrderHistory(
      String orderId, List<Capture> captures, List<Refund> refunds, List<Release> releases) {
    this(orderId, captures, refunds, releases, List.of());
  }

  public OrderHistory {
    captures = List.copyOf(captures);
    refunds = List.copyOf(refunds);
    releases = List.copyOf(releases);
    resolutions = List.copyOf(resolutions);
  }
}
