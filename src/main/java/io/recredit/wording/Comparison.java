package io.recredit.wording;

import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;
import static io.recredit.wording.Messages.yesNo;
import static io.recredit.wording.Phrases.capitalized;
import static io.recredit.wording.Phrases.capture;
import static io.recredit.wording.Phrases.listed;
import static io.recredit.wording.Phrases.quoted;

import io.recredit.allocation.Allocator;
import io.recredit.allocation.Finding;
import io.recredit.allocation.Finding.AmountChecks;
import io.recredit.allocation.Finding.Candidate;
import io.recredit.allocation.Finding.PlacedLine;
import io.recredit.allocation.Finding.ReturnFee.Condition;
import io.recredit.allocation.OrderAt;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Outcome.Failed;
import io.recredit.allocation.Reason;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the steps compared on the way to a decision, and what came out, as sentences. */
final class Comparison extends Teller {

  Comparison(OrderAt order, ZoneId timeZone) {
    super(order, timeZone);
  }

  /** A sentence, with those of the captures that could take what it is about. */
  List<Compared> of(Finding finding) {
    return switch (finding.step()) {
      case DUPLICATE -> one(duplicate((Finding.Duplicate) finding));
      case OPERATION_LIMIT_EXCEEDED -> one(operations((Finding.Operations) finding));
      case NO_CAPTURE -> one(anyCapture());
      case CURRENCY_MISMATCH -> one(currency());
      case NAMED_CAPTURE -> namedCapture((Finding.NamedCapture) finding);
      case PRIOR_ALLOCATION_FAILED -> one(priorFailure());
      case NO_ORDER_LINES -> withChecks(orderLines(), ((Finding.OrderLines) finding).checks());
      case LINES_SUM_MISMATCH -> one(linesSum((Finding.LinesSum) finding));
      case RETURN_FEE -> returnFee((Finding.ReturnFee) finding);
      case NOTHING_TO_COMPARE ->
          withChecks(nothingToCompare(), ((Finding.NothingToCompare) finding).checks());
      case REFERENCE_MISSING -> one(referencesGiven((Finding.ReferencesGiven) finding));
      case REFERENCE_NOT_CAPTURED -> one(referencesCaptured((Finding.ReferencesCaptured) finding));
      case ONE_CAPTURE -> oneCapture((Finding.OneCapture) finding);
      case LINE_BY_LINE -> lineByLine((Finding.LineByLine) finding);
    };
  }

  private static List<Compared> one(String sentence) {
    return List.of(new Compared(sentence, List.of()));
  }

  private static List<Compared> all(Stream<String> sentences) {
    return sentences.map(sentence -> new Compared(sentence, List.of())).toList();
  }

  private String duplicate(Finding.Duplicate found) {
    var key = order.refund().idempotencyKey();
    if (key == null) {
      return text("finding.no-key");
    }
    var first = found.first();
    return first == null
        ? text("finding.new-key", quoted(key))
        : text(
            "finding.same-key",
            first.refundId(),
            money(first.refundedAmount()),
            time(first.refundedAt()),
            quoted(key));
  }

  private static String operations(Finding.Operations found) {
    return text(
        "finding.operations",
        found.refunds(),
        Allocator.MAX_REFUNDS,
        counted("count.operation", found.all()),
        Allocator.MAX_OPERATIONS);
  }

  private String anyCapture() {
    var existing = order.everyCapture();
    return text(
        "finding.captures",
        refundedAt(),
        existing.isEmpty()
            ? text("finding.captures.none")
            : text(
                "finding.captures.some",
                counted("count.capture", existing.size()),
                Phrases.captureIds(existing)));
  }

  private String currency() {
    var named = order.refund().purchaseCurrency();
    var compared =
        named == null
            ? text("finding.currency-unnamed", order.currency())
            : named.equals(order.orderCurrency())
                ? text("finding.currency-same", named)
                : text("finding.currency-other", named, order.orderCurrency());
    var others = order.everyCapture().stream().filter(c -> !order.captures().contains(c)).toList();
    return others.isEmpty()
        ? compared
        : compared + " " + text("finding.currency-left-out", Phrases.captureIds(others));
  }

  private List<Compared> namedCapture(Finding.NamedCapture found) {
    var captureId = order.refund().captureId();
    if (captureId == null) {
      return one(text("finding.names-no-capture"));
    }
    var names = text("finding.names-capture", captureId);
    var checks = found.checks();
    return checks == null
        ? all(Stream.of(names, text("finding.named-is-missing", captureId)))
        : all(
            Stream.concat(
                Stream.of(
                    names, text("finding.named-is-there", capture(checks.capture().capture()))),
                checks(checks)));
  }

  private List<Compared> withChecks(String sentence, @Nullable AmountChecks checks) {
    return checks == null ? one(sentence) : all(Stream.concat(Stream.of(sentence), checks(checks)));
  }

  /** The two amount checks of step 5; the second where the first lets the refund pass. */
  private Stream<String> checks(AmountChecks checks) {
    var state = checks.capture();
    var captured =
        text(
            "finding.larger." + yesNo(checks.exceedsCaptured()),
            refunded(),
            money(state.capture().capturedAmount()),
            capture(state.capture()));
    var room =
        capitalized(
            text(
                "finding.room." + yesNo(!checks.exceedsRoom()),
                money(state.creditedAmount()),
                money(state.room())));
    return checks.exceedsCaptured() ? Stream.of(captured) : Stream.of(captured, room);
  }

  private String priorFailure() {
    var first = order.firstBlocking();
    return first == null
        ? text("finding.nothing-blocks")
        : text("finding.blocked", first.refund().refundId(), first.reason());
  }

  private String orderLines() {
    var count = order.refund().orderLines().size();
    if (count > 0) {
      return text("finding.lines", counted("count.order-line", count));
    }
    return order.hasOneCapture()
        ? text("finding.no-lines-one-capture", order.oldestCapture().captureId())
        : text("finding.no-lines", countedCaptures(), captureIds());
  }

  private String linesSum(Finding.LinesSum found) {
    return text(
        "finding.lines-sum-equal." + yesNo(found.outcome() == null),
        money(found.sum()),
        refunded());
  }

  private List<Compared> returnFee(Finding.ReturnFee found) {
    if (order.feeLines().isEmpty()) {
      return one(text("finding.no-fee"));
    }
    var failed = found.failed();
    var sentences = new ArrayList<String>();
    sentences.add(text("finding.fee", money(OrderLine.sum(order.feeLines()).negate())));
    for (var condition : Condition.values()) {
      sentences.add(condition(condition, condition != failed, found));
      if (condition == failed) {
        break;
      }
    }
    return all(sentences.stream());
  }

  private String condition(Condition condition, boolean holds, Finding.ReturnFee found) {
    return switch (condition) {
      case ONE_CAPTURE ->
          holds
              ? text("finding.fee.one-capture", captureIds())
              : text("finding.fee.several-captures", order.captures().size(), captureIds());
      case FULLY_CAPTURED -> fullyCaptured(holds);
      case COUNTRY ->
          text(
              "finding.fee.country." + yesNo(holds),
              order.oldestCapture().capture().purchaseCountry(),
              Facts.countries(found.countries()));
      case NOT_POSITIVE -> text("finding.fee.not-positive." + yesNo(holds));
    };
  }

  private String fullyCaptured(boolean fully) {
    var capture = order.oldestCapture().capture();
    var orderAmount = capture.orderAmount();
    if (orderAmount == null) {
      return text("finding.fee.order-amount-unknown");
    }
    var captured = money(capture.capturedAmount());
    var ofAll = money(orderAmount.longValue());
    if (!fully) {
      return text("finding.fee.not-fully-captured", captured, ofAll);
    }
    if (capture.capturedAmount() >= orderAmount) {
      return text("finding.fee.fully-captured", captured, ofAll);
    }
    return order.released()
        ? text("finding.fee.rest-released", captured, ofAll)
        : text("finding.fee.nothing-remains", captured, ofAll);
  }

  private String nothingToCompare() {
    if (!order.hasOneCapture()) {
      return text("finding.references-decide", countedCaptures());
    }
    var only = order.oldestCapture().capture();
    if (only.orderLines().isEmpty()) {
      return text("finding.capture-without-lines", capture(only));
    }
    return order.references().isEmpty()
        ? text("finding.goods-without-references", capture(only))
        : text("finding.one-capture-with-lines", capture(only));
  }

  private String referencesGiven(Finding.ReferencesGiven found) {
    var without = found.without();
    if (without == null) {
      return text("finding.every-line-has-reference");
    }
    return capitalized(
        order.hasOneCapture()
            ? text("finding.line-goes-along", line(without))
            : text("finding.line-without-reference", line(without), countedCaptures()));
  }

  private String referencesCaptured(Finding.ReferencesCaptured found) {
    var wrong = found.wrong();
    if (wrong != null) {
      return text("finding.reference-not-captured", quoted(String.valueOf(wrong.reference())));
    }
    return text(
        "finding.references-captured",
        listed(
            referencesInOrder(),
            reference ->
                text(
                    "phrase.reference-on",
                    quoted(reference),
                    Phrases.captureIds(order.carrying(reference)))));
  }

  private List<String> referencesInOrder() {
    return order.goodsLines().stream()
        .map(OrderLine::reference)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private List<Compared> oneCapture(Finding.OneCapture found) {
    var references = referencesInOrder();
    var carried =
        references.size() == 1
            ? text("finding.the-reference", quoted(references.get(0)))
            : text("finding.all-references", listed(references, Phrases::quoted));
    var compared = new ArrayList<Compared>();
    compared.add(
        new Compared(
            capitalized(text("finding.carry-all", carry(found.covering().size()), carried)),
            found.covering().stream().map(this::forTheRefund).toList()));
    chosen(found.chosen(), found.covering().size(), compared);
    return compared;
  }

  private static String carry(int captures) {
    return switch (captures) {
      case 0 -> text("finding.carry.none");
      case 1 -> text("finding.carry.one");
      default -> text("finding.carry.several", captures);
    };
  }

  private Compared.Taker forTheRefund(Candidate candidate) {
    return new Compared.Taker(
        candidate,
        text(
            "finding.fits." + yesNo(candidate.fitsOnTheLines()),
            capitalized(capture(candidate.capture().capture())),
            text(
                "finding.enough." + yesNo(candidate.canTakeIt()),
                money(candidate.room()),
                listed(
                    List.copyOf(candidate.brought().keySet()),
                    reference -> uncredited(candidate, reference)))));
  }

  private Compared.Taker forTheLine(PlacedLine placed, Candidate candidate) {
    var amount = placed.line().totalAmount();
    var lines = uncredited(candidate, String.valueOf(placed.line().reference()));
    return new Compared.Taker(
        candidate,
        text(
            "finding.fits." + yesNo(candidate.fitsOnTheLines()),
            capitalized(capture(candidate.capture().capture())),
            amount > 0
                ? text(
                    "finding.enough." + yesNo(candidate.canTakeIt()),
                    money(candidate.room()),
                    lines)
                : text(
                    "finding.net-not-below-0." + yesNo(candidate.canTakeIt()),
                    money(BigInteger.valueOf(candidate.net()).add(BigInteger.valueOf(amount))),
                    lines)));
  }

  private String uncredited(Candidate candidate, String reference) {
    return text(
        "finding.uncredited",
        quoted(reference),
        money(candidate.uncredited(reference)),
        money(Objects.requireNonNull(candidate.brought().get(reference))));
  }

  /** Why it is this capture, of so many that carry the references. */
  private static void chosen(@Nullable Candidate chosen, int carrying, List<Compared> to) {
    if (chosen == null) {
      return;
    }
    var why = carrying == 1 ? "only-one" : chosen.fitsOnTheLines() ? "fitting" : "oldest";
    var sentence = text("finding.goes-to." + why, capture(chosen.capture().capture()));
    to.add(new Compared(sentence, List.of()));
  }

  private List<Compared> lineByLine(Finding.LineByLine found) {
    if (found.outcome() instanceof Failed failed && failed.reason() == Reason.SPANS_CAPTURES) {
      return one(text("finding.must-not-be-split"));
    }
    var compared = new ArrayList<Compared>();
    compared.add(new Compared(text("finding.line-by-line"), List.of()));
    for (var placed : found.lines()) {
      compared.add(
          new Compared(
              text(
                  "finding.line-carried",
                  capitalized(line(placed.line())),
                  carry(placed.carrying().size()),
                  quoted(String.valueOf(placed.line().reference()))),
              placed.carrying().stream().map(candidate -> forTheLine(placed, candidate)).toList()));
      chosen(placed.chosen(), placed.carrying().size(), compared);
    }
    return compared;
  }
}
