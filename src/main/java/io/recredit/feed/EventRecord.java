package io.recredit.feed;

import io.recredit.feed.Fields.Name;
import io.recredit.feed.Fields.Said;
import java.time.Instant;

/**
 * A line of an events file, such as
 *
 * <pre>{@code
 * {"metadata":{"event_id":"e-1","event_type":"payment.transaction.refunded",
 *              "occurred_at":"2026-11-24T16:05:02Z","correlation_id":"6dd7bbf6"},
 *  "payload":{"payment_transaction_id":"o-1","payment_refund_id":"r-1","refunded_amount":9999}}
 * }</pre>
 *
 * on one line. Of the payload of other events nothing is looked at.
 */
final class EventRecord {

  static final Fields METADATA_FIELDS = new Fields();

  private static final Name<String> EVENT_ID =
      METADATA_FIELDS.required("event_id", JsonFields::identifier);
  private static final Name<String> EVENT_TYPE =
      METADATA_FIELDS.required("event_type", JsonFields::identifier);
  private static final Name<Instant> OCCURRED_AT =
      METADATA_FIELDS.required("occurred_at", JsonFields::time);
  private static final Name<String> CORRELATION_ID =
      METADATA_FIELDS.optional("correlation_id", JsonFields::identifier);

  private final Fields fields = Fields.amongPersonalOnes();
  private final Fields payloadFields = new Fields();
  private final Name<Said> metadata =
      fields.required("metadata", (in, name) -> sound(in.object(name, METADATA_FIELDS)));
  private final Name<Field<Said>> payload =
      fields.optional(
          "payload", (in, name) -> Field.of(name, sound(in.object(name, payloadFields))));
  private final Name<String> orderId =
      payloadFields.optional("payment_transaction_id", JsonFields::identifier);
  private final Name<String> refundId;
  private final Name<Long> refundedAmount;

  EventRecord(EventNames names) {
    refundId = payloadFields.optional(names.refundId(), JsonFields::identifier);
    refundedAmount =
        payloadFields.optional(names.refundedAmount(), (in, name) -> in.wholeNumber(name, 1));
  }

  Fields fields() {
    return fields;
  }

  Fields payloadFields() {
    return payloadFields;
  }

  /** What is wrong in the object is wrong with the field that it stands in. */
  private static Field<Said> sound(Field<Said> field) {
    var said = field.value();
    return said == null || said.faults().isEmpty()
        ? field
        : Field.faulty(field.name(), said.faults());
  }

  Delivered.OfEvent of(Said said) throws BadRecordException {
    var envelope = said.required(metadata);
    var type = envelope.required(EVENT_TYPE);
    var read = type.equals(Event.REFUNDED) ? said.orNull(payload) : null;
    if (read != null && !read.faults().isEmpty()) {
      throw new BadRecordException(read.faults());
    }
    var told = read == null ? null : read.value();
    return new Delivered.OfEvent(
        new Event(
            envelope.required(EVENT_ID),
            type,
            envelope.required(OCCURRED_AT),
            told == null ? null : told.orNull(orderId),
            told == null ? null : told.orNull(refundId),
            told == null ? null : told.orNull(refundedAmount),
            envelope.orNull(CORRELATION_ID)));
  }
}
