package io.recredit.wording;

import static io.recredit.wording.Messages.text;
import static io.recredit.wording.Phrases.capitalized;
import static io.recredit.wording.Phrases.capture;
import static io.recredit.wording.Phrases.quoted;

import io.recredit.allocation.Decided;
import io.recredit.allocation.Finding;
import io.recredit.allocation.Finding.Candidate;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Reason;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What to do about a refund that could not be allocated. */
final class Suggestion extends Teller {

  private final Decided decided;
  private final Reason reason;
  private final WholeOrder whole;
  private final Clues clues;
  private final Causes causes;

  Suggestion(Decided decided, Reason reason, WholeOrder whole, ZoneId timeZone) {
    super(decided.order(), timeZone);
    this.decided = decided;
    this.reason = reason;
    this.whole = whole;
    this.clues = new Clues(decided, reason, whole, timeZone);
    this.causes = new Causes(decided, timeZone);
  }

  Suggested suggested() {
    var proposal = clues.proposal();
    var sentence =
        Stream.of(
                recorded(),
                Optional.of(whatToDo()),
                waiting(),
                proposal.map(clues::told).or(this::part))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" "));
    return new Suggested(sentence, proposal.orElse(null));
  }

  private Optional<String> waiting() {
    var followers = whole.followers(order.refund().refundId());
    return followers.count() == 0
        ? Optional.empty()
        : Optional.of(
            text(
                "suggestion.followers",
                Messages.counted("count.later-refund", followers.count()),
                money(followers.amount())));
  }

  /** What Klarna's record shows of it, where that is known and not said anyway. */
  private Optional<String> recorded() {
    if (reason == Reason.ON_NO_INVOICE) {
      return Optional.empty();
    }
    var shown =
        whole
            .evidence(order.refund().refundId())
            .filter(found -> found.place() != null)
            .map(found -> Recorded.sentence(decided, found));
    return clues.landed().isPresent()
        ? shown.map(sentence -> text("suggestion.landed", sentence))
        : shown;
  }

  /** Where the one invoice has room for a part only: how to put that there. */
  private Optional<String> part() {
    var invoice = clues.invoice().filter(c -> whole.room(c) > 0);
    if (invoice.isEmpty() || !isTooLarge()) {
      return Optional.empty();
    }
    var capture = invoice.get();
    var currency = Objects.requireNonNull(order.currency());
    return Optional.of(
        text(
            "suggestion.part",
            capture(capture.capture()),
            Amounts.format(whole.room(capture), currency),
            quoted(
                capture.captureId()
                    + "="
                    + Amounts.toPaste(whole.room(capture), currency)
                    + "; write-off")));
  }

  private boolean isTooLarge() {
    return reason == Reason.EXCEEDS_CAPTURED_AMOUNT || reason == Reason.EXCEEDS_REMAINING_AMOUNT;
  }

  String whatToDo() {
    var last = decided.last();
    var orderId = order.refund().orderId();
    return switch (reason) {
      case OPERATION_LIMIT_EXCEEDED -> text("suggestion.operation-limit", orderId);
      case NO_CAPTURE ->
          Facts.firstLaterCapture(order)
              .map(first -> text("suggestion.no-capture-yet", first.captureId(), orderId))
              .orElseGet(() -> text("suggestion.no-capture", orderId));
      case CURRENCY_MISMATCH -> text("suggestion.currency-mismatch", orderId);
      case CAPTURE_NOT_FOUND -> captureNotFound();
      case EXCEEDS_CAPTURED_AMOUNT, EXCEEDS_REMAINING_AMOUNT ->
          text("suggestion.too-large", room());
      case PRIOR_ALLOCATION_FAILED -> priorAllocationFailed();
      case NO_ORDER_LINES -> text("suggestion.no-order-lines", room());
      case LINES_SUM_MISMATCH ->
          causes
              .ofLinesSum(((Finding.LinesSum) last).sum())
              .map(cause -> text("suggestion.lines-sum-mismatch.cause", cause))
              .orElseGet(() -> text("suggestion.lines-sum-mismatch"));
      case RETURN_FEE_NOT_ELIGIBLE -> returnFee((Finding.ReturnFee) last);
      case REFERENCE_MISSING -> text("suggestion.reference-missing", room());
      case REFERENCE_NOT_CAPTURED ->
          referenceNotCaptured(Objects.requireNonNull(((Finding.ReferencesCaptured) last).wrong()));
      case AMBIGUOUS_CAPTURE -> text("suggestion.ambiguous", roomOfCandidates(last));
      case SPANS_CAPTURES -> text("suggestion.spans-captures");
      case NEGATIVE_CREDIT -> text("suggestion.negative-credit");
      case ON_NO_INVOICE -> text("suggestion.on-no-invoice", decided.said().word());
      case RESOLUTION_VOID -> text("suggestion.resolution-void", order.refund().refundId());
    };
  }

  private String room() {
    return Phrases.room(order.captures());
  }

  private static String roomOfCandidates(Finding last) {
    var candidates =
        last instanceof Finding.LineByLine byLine
            ? byLine.lines().get(byLine.lines().size() - 1).carrying()
            : ((Finding.OneCapture) last).covering();
    return Phrases.room(candidates.stream().map(Candidate::capture).toList());
  }

  private String captureNotFound() {
    var captureId = Objects.requireNonNull(order.refund().captureId());
    var meant = clues.meant();
    if (meant.size() > 1) {
      return text("suggestion.capture-not-found.several", captureId, Phrases.captureIds(meant));
    }
    if (meant.size() == 1) {
      return text("suggestion.capture-not-found.meant", captureId, capture(meant.get(0).capture()));
    }
    return Facts.captureOfOrder(order, captureId).isPresent()
        ? text("suggestion.capture-not-found.check", captureId)
        : text("suggestion.capture-not-found", captureId);
  }

  private String priorAllocationFailed() {
    var root = Objects.requireNonNull(order.firstBlocking()).refund().refundId();
    return whole.isOnInvoices(root)
        ? text("suggestion.prior-allocation-failed.placed", root, wouldBelongOn(), room())
        : text("suggestion.prior-allocation-failed", root, wouldBelongOn(), room());
  }

  private String wouldBelongOn() {
    var covering = order.references().isEmpty() ? List.of() : order.covering();
    return covering.size() == 1
        ? text(
            "suggestion.prior-allocation-failed.belongs",
            capture(order.covering().get(0).capture()))
        : "";
  }

  private String returnFee(Finding.ReturnFee found) {
    var capture = order.hasOneCapture() ? order.oldestCapture().capture() : null;
    return text(
        "suggestion.return-fee",
        switch (Objects.requireNonNull(found.failed())) {
          case ONE_CAPTURE -> text("suggestion.return-fee.several-captures");
          case FULLY_CAPTURED ->
              text("suggestion.return-fee.part-captured", order.refund().orderId());
          case COUNTRY -> {
            var country = Objects.requireNonNull(capture).purchaseCountry();
            var countries = new TreeSet<>(found.countries());
            countries.add(country);
            yield text(
                "suggestion.return-fee.country",
                country,
                String.join(",", countries),
                capture(capture));
          }
          case NOT_POSITIVE ->
              text(
                  "suggestion.return-fee.positive",
                  money(OrderLine.sum(order.refund().orderLines())),
                  refunded());
        });
  }

  private String referenceNotCaptured(OrderLine wrong) {
    var said = new ArrayList<String>();
    said.add(
        NearMiss.of(wrong, order.captures())
            .map(
                near ->
                    text(
                        "suggestion.reference-not-captured.near",
                        capitalized(capture(near.capture().capture())),
                        quoted(near.reference()),
                        near.words()))
            .orElseGet(() -> text("suggestion.reference-not-captured", room())));
    said.addAll(causes.ofReferences(clues));
    return String.join(" ", said);
  }
}
