package io.recredit.feed;

import io.recredit.allocation.Release;
import io.recredit.feed.Fields.Name;
import io.recredit.feed.Fields.Said;
import io.recredit.feed.Fields.Spelling;
import java.time.Instant;

/**
 * A line of a releases file, such as {@code
 * {"order_id":"o-1","released_at":"2026-11-21T00:10:00+01:00"}}.
 */
final class ReleaseRecord {

  static final Fields FIELDS = new Fields();

  private static final Name<String> ORDER_ID =
      FIELDS.required(
          "order_id", Spelling.networkId("payment_transaction_id"), JsonFields::identifier);
  private static final Name<Instant> RELEASED_AT = FIELDS.required("released_at", JsonFields::time);

  private ReleaseRecord() {}

  static Delivered.OfRelease of(Said said) {
    return new Delivered.OfRelease(
        new Release(said.required(ORDER_ID), said.required(RELEASED_AT)));
  }
}
