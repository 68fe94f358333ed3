package io.recredit.explain;

import io.recredit.allocation.Capture;
import io.recredit.allocation.Decided;
import io.recredit.allocation.Decision;
import io.recredit.allocation.Decision.Credited;
import io.recredit.allocation.Decision.Duplicate;
import io.recredit.allocation.Decision.Excepted;
import io.recredit.allocation.Finding.Candidate;
import io.recredit.allocation.Step;
import io.recredit.books.Books;
import io.recredit.evidence.Evidence;
import io.recredit.explain.Timeline.Captured;
import io.recredit.explain.Timeline.Refunded;
import io.recredit.explain.Timeline.Refused;
import io.recredit.explain.Timeline.Told;
import io.recredit.ledger.KlarnaAnswers.ShownEvent;
import io.recredit.ledger.KlarnaAnswers.ShownPayout;
import io.recredit.ledger.KlarnaAnswers.ShownRefusal;
import io.recredit.ledger.ShownOrder.ShownDecision;
import io.recredit.resolution.ShownResolution;
import io.recredit.wording.Compared;
import io.recredit.wording.Wording;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A story for machines: one JSON object, in the words of the tables, amounts in minor units. */
public final class StoryJson {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private StoryJson() {}

  /** Of some refunds of the order. */
  public static String of(OrderStory story, List<String> refundIds) {
    var json = JSON.createObjectNode();
    json.put("order_id", story.order().history().orderId());
    json.put("run_id", story.order().runId());
    var timeline = json.putArray("timeline");
    Timeline.of(story).events().forEach(event -> event(event, timeline.addObject()));
    var refunds = json.putArray("refunds");
    refundIds.forEach(id -> refund(story, id, refunds.addObject()));
    var refusals = json.putArray("refusals");
    story.order().answers().refusals().forEach(one -> refusal(one, refusals.addObject()));
    var events = json.putArray("events");
    story.order().answers().events().forEach(one -> event(one, events.addObject()));
    var payouts = json.putArray("payouts");
    story.order().answers().payouts().forEach(one -> payout(one, payouts.addObject()));
    var differences = json.putArray("payout_differences");
    for (var one : story.order().answers().differences()) {
      differences
          .addObject()
          .put("kind", one.kind())
          .put("payment_reference", one.paymentReference())
          .put("row", one.row())
          .put("refund_id", one.refundId())
          .put("capture_id", one.captureId())
          .put("explanation", one.explanation())
          .put("suggestion", one.suggestion());
    }
    return JSON.writeValueAsString(json);
  }

  private static void payout(ShownPayout payout, ObjectNode json) {
    json.put("refund_id", payout.refundId())
        .put("capture_id", payout.captureId())
        .put("payment_reference", payout.paymentReference())
        .put("payout_date", payout.payoutDate() == null ? null : payout.payoutDate().toString())
        .put("amount", payout.amount())
        .put("currency", payout.currency())
        .put("matched_by", payout.matchedBy());
  }

  private static void event(Timeline.Event event, ObjectNode json) {
    json.put("at", event.at().toString());
    if (event instanceof Captured captured) {
      var capture = captured.capture();
      json.put("event", "capture");
      capture(capture, json);
      json.put("captured_amount", capture.capturedAmount());
      json.put("currency", capture.purchaseCurrency());
    } else if (event instanceof Refunded refunded) {
      json.put("event", "refund");
      refunded(refunded.decision(), json);
      var remaining = json.putArray("remaining");
      refunded
          .left()
          .forEach(
              (credit, left) ->
                  capture(credit.capture(), remaining.addObject()).put("remaining_amount", left));
    } else if (event instanceof Refused refused) {
      json.put("event", "refusal").put("refusal_id", refused.refusal().refusalId());
    } else if (event instanceof Told told) {
      json.put("event", "event").put("event_id", told.event().eventId());
    } else {
      json.put("event", "release");
    }
  }

  private static void refusal(ShownRefusal refusal, ObjectNode json) {
    json.put("refusal_id", refusal.refusalId())
        .put("attempted_at", refusal.attemptedAt().toString())
        .put("http_status", refusal.httpStatus())
        .put("error_code", refusal.errorCode())
        .put("error_message", refusal.errorMessage())
        .put("correlation_id", refusal.correlationId())
        .put("refunded_amount", refusal.refundedAmount())
        .put("currency", refusal.currency())
        .put("would_be", refusal.wouldBe())
        .put("followed_by", refusal.followedBy())
        .put("request_faults", refusal.requestFaults());
  }

  private static void event(ShownEvent event, ObjectNode json) {
    json.put("event_id", event.eventId())
        .put("occurred_at", event.occurredAt().toString())
        .put("order_id", event.orderId())
        .put("refund_id", event.refundId())
        .put("matched_by", event.matchedBy())
        .put("named_refund_id", event.namedRefundId())
        .put("refunded_amount", event.refundedAmount())
        .put("correlation_id", event.correlationId());
  }

  static ObjectNode capture(Capture capture, ObjectNode json) {
    return json.put("capture_id", capture.captureId())
        .put("invoice_reference", capture.invoiceReference())
        .put("capture_reference", capture.reference());
  }

  private static void refunded(Decision decision, ObjectNode json) {
    json.put("refund_id", decision.refund().refundId());
    json.put("refund_reference", decision.refund().reference());
    json.put("refunded_amount", decision.refund().refundedAmount());
    json.put("currency", decision.currency());
  }

  private static void refund(OrderStory story, String refundId, ObjectNode json) {
    var decided = story.decided(refundId);
    if (decided.isPresent()) {
      decided(decided.get(), story.wording(), story::suggestion, json);
    } else {
      json.put("refund_id", refundId)
          .put("outcome", "withdrawn")
          .put("now_of_order_id", story.movedTo(refundId).orElse(null));
    }
    story.evidence(refundId).ifPresent(evidence -> evidence(evidence, json));
    var events = json.putArray("event_ids");
    story.order().answers().eventsOf(refundId).forEach(event -> events.add(event.eventId()));
    json.put("difference", story.difference(refundId).orElse(null));
    var resolutions = json.putArray("resolutions");
    story.resolutionsOf(refundId).forEach(made -> resolution(made, resolutions.addObject()));
    var history = json.putArray("decision_history");
    story.decisionsOn(refundId).forEach(shown -> past(shown, history.addObject()));
  }

  private static void evidence(Evidence evidence, ObjectNode of) {
    var json = of.putObject("klarna_record");
    json.put("verdict", evidence.verdict().name());
    json.put("certainty", evidence.certainty() == null ? null : evidence.certainty().name());
    json.put("read_at", evidence.readAt().toString());
    if (evidence.place() != null) {
      var place = json.putObject("place");
      evidence.place().place().amounts().forEach(place::put);
    }
  }

  /**
   * The decision, and the steps on the way to it.
   *
   * @param suggestion what to do about an exception
   */
  static void decided(
      Decided decided,
      Wording wording,
      BiFunction<Decided, Excepted, String> suggestion,
      ObjectNode json) {
    refunded(decided.decision(), json);
    json.put("refunded_at", decided.decision().refund().refundedAt().toString());
    outcome(decided, wording, suggestion, json);
    json.put("decided_by_step", decided.last().step().number());
    var steps = json.putArray("steps");
    for (var finding : decided.findings()) {
      for (var compared : wording.compared(decided, finding)) {
        compared(finding.step(), compared, steps.addObject());
      }
    }
  }

  private static void outcome(
      Decided decided,
      Wording wording,
      BiFunction<Decided, Excepted, String> suggestion,
      ObjectNode json) {
    var decision = decided.decision();
    if (decision instanceof Credited credited) {
      json.put("outcome", "credited").put("match_rule", credited.matchRule().name());
      var credits = json.putArray("credits");
      for (var credit : credited.credits()) {
        capture(credit.capture(), credits.addObject())
            .put("credited_amount", credit.creditedAmount())
            .put("credited_tax_amount", Books.taxOf(decided, credit.capture().captureId()))
            .put("return_fee_amount", credit.returnFeeAmount())
            .put("currency", credited.currency());
      }
    } else if (decision instanceof Excepted excepted) {
      json.put("outcome", "exception")
          .put("reason", excepted.reason().name())
          .put("explanation", wording.explanation(decided, excepted))
          .put("suggestion", suggestion.apply(decided, excepted))
          .put("blocking_refund_id", excepted.blockingRefundId());
    } else if (decision instanceof Duplicate duplicate) {
      json.put("outcome", "duplicate").put("duplicate_of", duplicate.duplicateOf().refundId());
    } else {
      json.put("outcome", "written_off");
    }
  }

  private static void compared(Step step, Compared compared, ObjectNode json) {
    json.put("step", step.number());
    json.put("rule", step.name().toLowerCase(Locale.ROOT));
    json.put("finding", compared.sentence());
    if (!compared.takers().isEmpty()) {
      var captures = json.putArray("captures");
      compared.takers().forEach(taker -> candidate(taker.candidate(), captures.addObject()));
    }
  }

  private static void candidate(Candidate candidate, ObjectNode json) {
    var capture = candidate.capture().capture();
    capture(capture, json)
        .put("room", candidate.room())
        .put("currency", capture.purchaseCurrency())
        .put("can_take_it", candidate.canTakeIt())
        .put("fits_on_the_lines", candidate.fitsOnTheLines());
  }

  private static void resolution(ShownResolution made, ObjectNode json) {
    json.put("run_id", made.runId())
        .put("kind", made.kind().name().toLowerCase(Locale.ROOT))
        .put("resolved_amount", made.resolvedAmount())
        .put("note", made.note())
        .put("resolved_by", made.resolvedBy())
        .put("resolved_at", made.resolvedAt().toString());
    var parts = json.putArray("captures");
    for (var part : made.parts()) {
      parts.addObject().put("capture_id", part.captureId()).put("amount", part.amount());
    }
    json.put("superseded_by", made.supersededBy());
  }

  private static void past(ShownDecision shown, ObjectNode json) {
    var row = shown.decision();
    json.put("run_id", shown.runId())
        .put("decided_on", shown.decidedOn().toString())
        .put("outcome", row.outcome())
        .put("match_rule", row.matchRule())
        .put("reason", row.reason());
    var credits = json.putArray("credits");
    for (var credit : row.credits()) {
      credits
          .addObject()
          .put("capture_id", credit.captureId())
          .put("credited_amount", credit.creditedAmount())
          .put("currency", row.currency());
    }
    json.put("superseded_by", shown.supersededBy());
    json.put(
        "superseded_on",
        shown.supersededOn() == null ? null : String.valueOf(shown.supersededOn()));
  }
}
