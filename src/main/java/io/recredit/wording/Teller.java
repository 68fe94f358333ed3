package io.recredit.wording;

import io.recredit.allocation.OrderAt;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Resolution;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Whoever tells of one refund: its money in its currency, its lines by their numbers, times in the
 * time zone of business dates.
 */
abstract class Teller {

  final OrderAt order;
  private final ZoneId timeZone;

  Teller(OrderAt order, ZoneId timeZone) {
    this.order = order;
    this.timeZone = timeZone;
  }

  final String refunded() {
    return money(order.refund().refundedAmount());
  }

  final String refundedAt() {
    return time(order.refund().refundedAt());
  }

  final String money(long minorUnits) {
    return Amounts.format(minorUnits, order.currency());
  }

  final String money(BigInteger minorUnits) {
    return Amounts.format(minorUnits, order.currency());
  }

  final String time(Instant time) {
    return Phrases.time(time, timeZone);
  }

  /** Beside the refund's own time. */
  final String timeBesideRefund(Instant other) {
    return Phrases.time(other, timeZone, order.refund().refundedAt());
  }

  final String refundedAtBeside(Instant other) {
    return Phrases.time(order.refund().refundedAt(), timeZone, other);
  }

  final String resolved(Resolution resolution) {
    return Deeds.resolved(resolution, order.currency(), timeZone);
  }

  final String line(OrderLine line) {
    return Phrases.line(order.refund(), line, order.orderCurrency());
  }

  /** "3 captures". */
  final String countedCaptures() {
    return Messages.counted("count.capture", order.captures().size());
  }

  final String captureIds() {
    return Phrases.captureIds(order.captures());
  }
}
