package io.recredit.wording;

import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;
import static io.recredit.wording.Phrases.capitalized;
import static io.recredit.wording.Phrases.capture;
import static io.recredit.wording.Phrases.listed;
import static io.recredit.wording.Phrases.quoted;

import io.recredit.allocation.Allocator;
import io.recredit.allocation.Capture;
import io.recredit.allocation.CaptureState;
import io.recredit.allocation.Contradiction;
import io.recredit.allocation.Decided;
import io.recredit.allocation.Finding;
import io.recredit.allocation.Finding.AmountChecks;
import io.recredit.allocation.Finding.Candidate;
import io.recredit.allocation.Finding.PlacedLine;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Outcome.Failed;
import io.recredit.allocation.Reason;
import io.recredit.allocation.Resolution;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why a refund could not be allocated: a sentence with the amounts and references of the case. */
final class Explanation extends Teller {

  private final Decided decided;

  Explanation(Decided decided, ZoneId timeZone) {
    super(decided.order(), timeZone);
    this.decided = decided;
  }

  String of(Reason reason) {
    var last = decided.last();
    return switch (reason) {
      case OPERATION_LIMIT_EXCEEDED -> operationLimit((Finding.Operations) last);
      case NO_CAPTURE -> noCapture();
      case CURRENCY_MISMATCH ->
          text(
              "explanation.currency-mismatch",
              refunded(),
              order.orderCurrency(),
              order.everyCapture().get(0).captureId());
      case CAPTURE_NOT_FOUND -> captureNotFound();
      case EXCEEDS_CAPTURED_AMOUNT, EXCEEDS_REMAINING_AMOUNT -> tooLarge(reason, last);
      case PRIOR_ALLOCATION_FAILED -> priorAllocationFailed();
      case NO_ORDER_LINES ->
          text("explanation.no-order-lines", refunded(), countedCaptures(), captureIds());
      case LINES_SUM_MISMATCH -> linesSumMismatch((Finding.LinesSum) last);
      case RETURN_FEE_NOT_ELIGIBLE -> returnFee((Finding.ReturnFee) last);
      case REFERENCE_MISSING ->
          capitalized(
              text(
                  "explanation.reference-missing",
                  line(Objects.requireNonNull(((Finding.ReferencesGiven) last).without())),
                  countedCaptures(),
                  captureIds()));
      case REFERENCE_NOT_CAPTURED ->
          referenceNotCaptured(Objects.requireNonNull(((Finding.ReferencesCaptured) last).wrong()));
      case AMBIGUOUS_CAPTURE -> ambiguousCapture(last);
      case SPANS_CAPTURES -> spansCaptures();
      case NEGATIVE_CREDIT -> negativeCredit(failedLine((Finding.LineByLine) last));
      case ON_NO_INVOICE -> onNoInvoice();
      case RESOLUTION_VOID -> resolutionVoid(Objects.requireNonNull(decided.byHand()));
    };
  }

  private String onNoInvoice() {
    var known = order.history().klarnaRecord().proven().get(order.refund().refundId());
    var place = Objects.requireNonNull(known).place();
    return place.amounts().isEmpty()
        ? text("explanation.on-no-invoice", time(known.readAt()))
        : text(
            "explanation.partly-on-no-invoice",
            time(known.readAt()),
            Recorded.parts(place, order.currency()));
  }

  private String operationLimit(Finding.Operations found) {
    return found.refunds() > Allocator.MAX_REFUNDS
        ? text("explanation.refund-limit", found.refunds(), Allocator.MAX_REFUNDS)
        : text(
            "explanation.operation-limit",
            counted("count.operation", found.all()),
            counted("count.refund", found.refunds()),
            counted("count.capture", found.captures()),
            counted("count.release", found.releases()),
            Allocator.MAX_OPERATIONS);
  }

  private String noCapture() {
    return Facts.firstLaterCapture(order)
        .map(
            first ->
                text(
                    "explanation.no-capture-yet",
                    refunded(),
                    refundedAtBeside(first.capturedAt()),
                    first.captureId(),
                    timeBesideRefund(first.capturedAt())))
        .orElseGet(() -> text("explanation.no-capture", refunded(), refundedAt()));
  }

  private String captureNotFound() {
    var captureId = Objects.requireNonNull(order.refund().captureId());
    var named = Facts.captureOfOrder(order, captureId);
    return text(
        "explanation.capture-not-found",
        refunded(),
        named.map(capture -> refundedAtBeside(capture.capturedAt())).orElseGet(this::refundedAt),
        captureId,
        named.map(this::whyNotThere).orElseGet(() -> text("explanation.capture-not-found.unknown")),
        order.orderCurrency(),
        countedCaptures(),
        captureIds());
  }

  private String whyNotThere(Capture named) {
    return named.capturedAt().isAfter(order.refund().refundedAt())
        ? text("explanation.capture-not-found.later", timeBesideRefund(named.capturedAt()))
        : text(
            "explanation.capture-not-found.currency",
            named.purchaseCurrency(),
            order.orderCurrency());
  }

  /** An amount larger than the captures that could take it: of the refund, or of one line. */
  private String tooLarge(Reason reason, Finding last) {
    var line = last instanceof Finding.LineByLine byLine ? failedLine(byLine).line() : null;
    var what =
        line == null
            ? text("explanation.the-refund-of", refunded())
            : text("explanation.the-line", line(line), quoted(String.valueOf(line.reference())));
    return capitalized(
        reason == Reason.EXCEEDS_CAPTURED_AMOUNT
            ? text("explanation.exceeds-captured", what, listed(compared(last), this::captured))
            : text("explanation.exceeds-remaining", what, listed(compared(last), this::left)));
  }

  private static List<CaptureState> compared(Finding last) {
    if (last instanceof Finding.OneCapture covering) {
      return covering.covering().stream().map(Candidate::capture).toList();
    }
    if (last instanceof Finding.LineByLine byLine) {
      return failedLine(byLine).carrying().stream().map(Candidate::capture).toList();
    }
    return List.of(Objects.requireNonNull(checks(last)).capture());
  }

  private static @Nullable AmountChecks checks(Finding last) {
    if (last instanceof Finding.NamedCapture named) {
      return named.checks();
    }
    return last instanceof Finding.OrderLines lines
        ? lines.checks()
        : ((Finding.NothingToCompare) last).checks();
  }

  private String captured(CaptureState state) {
    return text(
        "phrase.amount-on", money(state.capture().capturedAmount()), capture(state.capture()));
  }

  private String left(CaptureState state) {
    return text(
        "explanation.left-of",
        money(state.room()),
        money(state.capture().capturedAmount()),
        capture(state.capture()),
        money(state.creditedAmount()));
  }

  private String priorAllocationFailed() {
    var blocking = Objects.requireNonNull(order.firstBlocking());
    return text(
        "explanation.prior-allocation-failed",
        blocking.refund().refundId(),
        Amounts.format(blocking.refund().refundedAmount(), blocking.currency()),
        time(blocking.refund().refundedAt()),
        blocking.reason(),
        refunded());
  }

  private String linesSumMismatch(Finding.LinesSum found) {
    var missing = BigInteger.valueOf(order.refund().refundedAmount()).subtract(found.sum());
    return text(
        "explanation.lines-sum-mismatch",
        money(found.sum()),
        refunded(),
        missing.signum() > 0
            ? text("explanation.lines-sum-mismatch.missing", money(missing))
            : text("explanation.lines-sum-mismatch.more", money(missing.negate())));
  }

  private String returnFee(Finding.ReturnFee found) {
    return switch (Objects.requireNonNull(found.failed())) {
      case ONE_CAPTURE ->
          text("explanation.return-fee.several-captures", countedCaptures(), captureIds());
      case FULLY_CAPTURED -> {
        var capture = order.oldestCapture().capture();
        yield text(
            "explanation.return-fee.part-captured",
            money(capture.capturedAmount()),
            money(Objects.requireNonNull(capture.orderAmount())),
            capture(capture),
            refundedAt());
      }
      case COUNTRY ->
          text(
              "explanation.return-fee.country",
              order.oldestCapture().capture().purchaseCountry(),
              Facts.countries(found.countries()));
      case NOT_POSITIVE -> text("explanation.return-fee.positive", line(Facts.positiveFee(order)));
    };
  }

  private String referenceNotCaptured(OrderLine wrong) {
    var others =
        order.references().stream()
            .filter(reference -> !reference.equals(wrong.reference()))
            .filter(reference -> order.carrying(reference).isEmpty())
            .count();
    return text(
        "explanation.reference-not-captured",
        quoted(String.valueOf(wrong.reference())),
        line(wrong),
        order.hasOneCapture()
            ? text("explanation.only-capture")
            : text("explanation.the-captures", countedCaptures()),
        captureIds(),
        others == 0
            ? ""
            : text("explanation.nor-others", counted("count.other-reference", others)));
  }

  private String ambiguousCapture(Finding last) {
    if (last instanceof Finding.LineByLine byLine) {
      var failed = failedLine(byLine);
      return text(
          "explanation.ambiguous-line",
          listed(failed.carrying(), candidate -> candidate.capture().captureId()),
          quoted(String.valueOf(failed.line().reference())),
          line(failed.line()));
    }
    return text(
        "explanation.ambiguous-refund",
        listed(
            ((Finding.OneCapture) last).covering(), candidate -> candidate.capture().captureId()),
        refunded());
  }

  private String spansCaptures() {
    return text(
        "explanation.spans-captures",
        refunded(),
        listed(
            List.copyOf(order.references()),
            reference ->
                text(
                    "phrase.reference-on",
                    quoted(reference),
                    Phrases.captureIds(order.carrying(reference)))));
  }

  private String negativeCredit(PlacedLine failed) {
    return capitalized(
        text(
            "explanation.negative-credit",
            line(failed.line()),
            quoted(String.valueOf(failed.line().reference())),
            listed(
                failed.carrying(),
                candidate ->
                    text(
                        "explanation.only-to",
                        money(candidate.net()),
                        capture(candidate.capture().capture())))));
  }

  String refusal() {
    var byHand = Objects.requireNonNull(decided.byHand());
    return text(
        "resolution.contradicted",
        order.refund().refundId(),
        Deeds.parts(byHand.resolution(), order.currency()),
        contradiction(Objects.requireNonNull(byHand.contradiction()), byHand.resolution()));
  }

  private String resolutionVoid(Decided.ByHand byHand) {
    var resolution = byHand.resolution();
    return text(
        "explanation.resolution-void",
        resolved(resolution),
        contradiction(Objects.requireNonNull(byHand.contradiction()), resolution),
        decided.last().outcome() instanceof Failed failed
            ? of(failed.reason())
            : text("explanation.resolution-void.allocated"));
  }

  private String contradiction(Contradiction contradiction, Resolution resolution) {
    if (contradiction instanceof Contradiction.NoSuchCapture none) {
      return text("contradiction.no-such-capture", none.part().captureId());
    }
    if (contradiction instanceof Contradiction.LaterCapture later) {
      return text(
          "contradiction.later-capture",
          capture(later.capture()),
          timeBesideRefund(later.capture().capturedAt()),
          refundedAtBeside(later.capture().capturedAt()));
    }
    if (contradiction instanceof Contradiction.OtherCurrency other) {
      return text(
          "contradiction.other-currency",
          capture(other.capture()),
          other.capture().purchaseCurrency(),
          order.currency());
    }
    if (contradiction instanceof Contradiction.NoRoom none) {
      return text(
          "contradiction.no-room",
          capture(none.capture().capture()),
          money(none.capture().room()),
          money(none.part().amount()));
    }
    return text("contradiction.other-amount", money(resolution.resolvedAmount()), refunded());
  }

  /** The line that could not be placed, or may not be: the last that was looked at. */
  private static PlacedLine failedLine(Finding.LineByLine found) {
    return found.lines().get(found.lines().size() - 1);
  }
}
