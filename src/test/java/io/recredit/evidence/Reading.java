package io.recredit.evidence;

import io.recredit.evidence.Snapshot.Invoice;
import io.recredit.evidence.Snapshot.ListedRefund;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What tests say of an order in few words: {@code readAt(2).shows("A", 40).lists("r1", 40)} is a
 * snapshot of minute 2 in which 40 stand on capture A, and a refund of 40 is listed.
 */
final class Reading {

  /** Of every captured amount: what was captured proves nothing. */
  private static final long CAPTURED = 100;

  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

  private final Instant readAt;
  private final List<Invoice> invoices = new ArrayList<>();
  private final List<ListedRefund> refunds = new ArrayList<>();

  private Reading(Instant readAt) {
    this.readAt = readAt;
  }

  static Reading readAt(int minute) {
    return new Reading(minute(minute));
  }

  static Instant minute(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }

  Reading shows(String captureId, long refundedAmount) {
    invoices.add(new Invoice(captureId, CAPTURED, refundedAmount));
    return this;
  }

  Reading showsWithoutAmount(String captureId) {
    invoices.add(new Invoice(captureId, CAPTURED, null));
    return this;
  }

  Reading lists(String refundId, long refundedAmount) {
    refunds.add(new ListedRefund(refundId, refundedAmount, minute(0), true));
    return this;
  }

  Reading listsUnnamed(String refundId, long refundedAmount) {
    refunds.add(new ListedRefund(refundId, refundedAmount, minute(0), false));
    return this;
  }

  Snapshot snapshot() {
    return new Snapshot(readAt, null, invoices, refunds);
  }

  static KlarnaRecord record(Reading... readings) {
    return record(false, readings);
  }

  static KlarnaRecord record(boolean filesHaveRefunds, Reading... readings) {
    return KlarnaRecord.of(Stream.of(readings).map(Reading::snapshot).toList(), filesHaveRefunds);
  }

  static DecidedRefund credited(String refundId, Place credits) {
    return refundAt(0, refundId, credits);
  }

  static DecidedRefund notCredited(String refundId) {
    return new DecidedRefund(refundId, CAPTURED, minute(0), null);
  }

  static DecidedRefund refundAt(int minute, String refundId, Place credits) {
    return new DecidedRefund(refundId, CAPTURED, minute(minute), credits);
  }

  static Place noInvoice() {
    return Place.of(Map.of());
  }

  static Place on(String captureId, long amount) {
    return Place.of(Map.of(captureId, amount));
  }

  static Place on(String captureId, long amount, String otherId, long otherAmount) {
    return Place.of(Map.of(captureId, amount, otherId, otherAmount));
  }

  /** A snapshot as a failure shows it. */
  static String describe(Snapshot snapshot) {
    var shown = new StringBuilder(snapshot.readAt() + " ");
    snapshot.invoices().forEach(i -> shown.append(" " + i.captureId() + "=" + i.refundedAmount()));
    shown.append(" |");
    snapshot
        .refunds()
        .forEach(
            refund ->
                shown
                    .append(refund.isNamed() ? " " : " unnamed ")
                    .append(refund.refundId() + " of " + refund.refundedAmount()));
    return shown.toString();
  }

  /** Places without how they are known. */
  static Map<String, Place> places(Map<String, KnownPlace> known) {
    var places = new TreeMap<String, Place>();
    known.forEach((refundId, place) -> places.put(refundId, place.place()));
    return places;
  }
}
