package io.recredit.allocation;

import io.recredit.allocation.Resolution.Part;

/** How the input contradicts an accountant's resolution by now. */
public sealed interface Contradiction {

  /** The refund has another amount than when it was resolved. */
  record OtherAmount() implements Contradiction {}

  /** The order has no such capture. */
  record NoSuchCapture(Part part) implements Contradiction {}

  /** For a refund only the captures up to its own time exist, by hand too. */
  record LaterCapture(Capture capture) implements Contradiction {}

  record OtherCurrency(Capture capture) implements Contradiction {}

  record NoRoom(Part part, CaptureState capture) implements Contradiction {}
}
