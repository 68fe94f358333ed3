package io.recredit.feed;

import io.recredit.allocation.Capture;
import io.recredit.allocation.Refund;
import io.recredit.allocation.Release;
import org.jspecify.annotations.Nullable;

/** A record as a file brings it: what the rules need of it, and what is kept for people beside. */
public sealed interface Delivered {

  /** What comes of it, by what it is. */
  <R> R by(Kinds<R> kinds);

  /** Null where it names no order. */
  @Nullable String orderId();

  /** An answer for each kind of record: whoever forgets one does not compile. */
  interface Kinds<R> {
    R of(OfCapture capture);

    R of(OfRefund refund);

    R of(OfRelease release);

    R of(OfDocument document);

    R of(OfRefusal refusal);

    R of(OfEvent event);
  }

  /**
   * A line of a captures file.
   *
   * @param otherId the capture's id in the other of the two APIs, where the line has both
   */
  record OfCapture(Capture capture, MerchantReferences merchant, @Nullable String otherId)
      implements Delivered {
    @Override
    public String orderId() {
      return capture.orderId();
    }

    @Override
    public <R> R by(Kinds<R> kinds) {
      return kinds.of(this);
    }
  }

  /**
   * A line of a refunds file.
   *
   * @param otherId the refund's id in the other of the two APIs, where the line has both
   */
  record OfRefund(Refund refund, MerchantReferences merchant, @Nullable String otherId)
      implements Delivered {
    @Override
    public String orderId() {
      return refund.orderId();
    }

    @Override
    public <R> R by(Kinds<R> kinds) {
      return kinds.of(this);
    }
  }

  /** A line of an orders file. */
  record OfDocument(OrderDocument document) implements Delivered {
    @Override
    public String orderId() {
      return document.orderId();
    }

    @Override
    public <R> R by(Kinds<R> kinds) {
      return kinds.of(this);
    }
  }

  /** A line of a refusals file. */
  record OfRefusal(Refusal refusal) implements Delivered {
    @Override
    public String orderId() {
      return refusal.orderId();
    }

    @Override
    public <R> R by(Kinds<R> kinds) {
      return kinds.of(this);
    }
  }

  /** A line of an events file. */
  record OfEvent(Event event) implements Delivered {
    @Override
    public @Nullable String orderId() {
      return event.orderId();
    }

    @Override
    public <R> R by(Kinds<R> kinds) {
      return kinds.of(this);
    }
  }

  /** A line of a releases file. */
  record OfRelease(Release release) implements Delivered {
    @Override
    public String orderId() {
      return release.orderId();
    }

    @Override
    public <R> R by(Kinds<R> kinds) {
      return kinds.of(this);
    }
  }
}
