package io.recredit.wording;

import static io.recredit.wording.Messages.text;
import static io.recredit.wording.Phrases.capture;
import static io.recredit.wording.Phrases.pasted;
import static io.recredit.wording.Phrases.quoted;

import io.recredit.allocation.CaptureState;
import io.recredit.allocation.Decided;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Reason;
import io.recredit.evidence.Certainty;
import io.recredit.evidence.Evidence;
import io.recredit.evidence.Place;
import io.recredit.evidence.Verdict;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which invoice an exception leaves, by all that is known of the order beside the rules: the shop's
 * own references, invoice numbers, references that nearly fit, amounts (reasons.md, "Hints"). It
 * decides nothing; it tells whoever has to decide.
 */
final class Clues extends Teller {

  /** Klarna would have refused these: it is the input that is to be mended, not put somewhere. */
  private static final Set<Reason> NOTHING_TO_PROPOSE =
      EnumSet.of(
          Reason.OPERATION_LIMIT_EXCEEDED,
          Reason.NO_CAPTURE,
          Reason.CURRENCY_MISMATCH,
          Reason.ON_NO_INVOICE,
          Reason.RESOLUTION_VOID);

  /** What a cell takes for something else than a capture's id, or strips. */
  private static final Pattern NO_PLAIN_ID =
      Pattern.compile("(?is)ok|withdraw|write[-_ ]?off.*|\\s.*|.*\\s|.*[;=\\p{Cntrl}].*");

  /**
   * Something that speaks for some captures.
   *
   * @param why said of one that it leaves, where it leaves one
   */
  private record Clue(List<CaptureState> captures, String why) {}

  private final Reason reason;
  private final WholeOrder whole;
  private final long amount;

  Clues(Decided decided, Reason reason, WholeOrder whole, ZoneId timeZone) {
    super(decided.order(), timeZone);
    this.reason = reason;
    this.whole = whole;
    this.amount = order.refund().refundedAmount();
  }

  /**
   * Where Klarna's record proves it to be, if it can be credited there; where the record says
   * nothing of it what the clues leave; empty where that is nothing, or more than one thing.
   */
  Optional<Proposal> proposal() {
    var recorded = recorded();
    return recorded.isPresent() || landed().isPresent() ? recorded : byClues();
  }

  /** Where Klarna's record shows all of it, though it is not credited. */
  Optional<Evidence> landed() {
    return whole
        .evidence(order.refund().refundId())
        .filter(found -> found.verdict() == Verdict.LANDED)
        .filter(found -> place(found).total().equals(BigInteger.valueOf(amount)));
  }

  private static Place place(Evidence landed) {
    return Objects.requireNonNull(landed.place()).place();
  }

  /** Klarna's record is no rule: it says where the money is, not where it belongs. */
  private Optional<Proposal> recorded() {
    return landed()
        .filter(found -> found.certainty() == Certainty.PROVEN)
        .map(Clues::place)
        .filter(this::canBeCredited)
        .map(place -> new Proposal(parts(place.amounts()), text("clue.recorded")));
  }

  private boolean canBeCredited(Place place) {
    return Objects.equals(order.currency(), order.orderCurrency())
        && place.amounts().entrySet().stream()
            .allMatch(
                on ->
                    canBeWritten(on.getKey())
                        && order.captures().stream()
                            .anyMatch(
                                capture ->
                                    capture.captureId().equals(on.getKey())
                                        && whole.room(capture) >= on.getValue()));
  }

  private Optional<Proposal> byClues() {
    if (NOTHING_TO_PROPOSE.contains(reason) || order.captures().isEmpty()) {
      return Optional.empty();
    }
    var clues = clues();
    var left = left(clues);
    if (left.size() == 1) {
      return onto(left.get(0), why(clues, left));
    }
    var byAmount = byAmount(left);
    return byAmount.isPresent()
        ? onto(byAmount.get().captures().get(0), byAmount.get().why())
        : clues.isEmpty() ? ontoAll() : Optional.empty();
  }

  /**
   * The one invoice that the clues leave, whether it has room or not; empty where it is not one.
   */
  Optional<CaptureState> invoice() {
    var left = left(clues());
    return left.size() == 1 ? Optional.of(left.get(0)) : Optional.empty();
  }

  /** Captures that a capture_id may mean, which is none of theirs. */
  List<CaptureState> meant() {
    var captureId = order.refund().captureId();
    if (captureId == null) {
      return List.of();
    }
    var byNumber = those(c -> captureId.equals(c.capture().klarnaReference()));
    return byNumber.isEmpty() ? those(c -> captureId.equalsIgnoreCase(c.captureId())) : byNumber;
  }

  private Optional<Proposal> onto(CaptureState capture, String why) {
    return whole.room(capture) >= amount && canBeWritten(capture.captureId())
        ? Optional.of(new Proposal(capture.captureId(), why))
        : Optional.empty();
  }

  /** Every invoice with what is left of it, where that is exactly what was refunded. */
  private Optional<Proposal> ontoAll() {
    var withRoom = those(c -> whole.room(c) > 0);
    var room =
        withRoom.stream()
            .map(c -> BigInteger.valueOf(whole.room(c)))
            .reduce(BigInteger.ZERO, BigInteger::add);
    if (withRoom.size() < 2
        || !room.equals(BigInteger.valueOf(amount))
        || !withRoom.stream().allMatch(c -> canBeWritten(c.captureId()))) {
      return Optional.empty();
    }
    var all = new LinkedHashMap<String, Long>();
    withRoom.forEach(c -> all.put(c.captureId(), whole.room(c)));
    return Optional.of(
        new Proposal(parts(all), text("clue.all-that-is-left", refunded(), withRoom.size())));
  }

  /** As resolve_as takes it. */
  private String parts(Map<String, Long> amounts) {
    if (amounts.size() == 1) {
      return amounts.keySet().iterator().next();
    }
    var currency = Objects.requireNonNull(order.currency());
    return amounts.entrySet().stream()
        .map(on -> on.getKey() + "=" + Amounts.toPaste(on.getValue(), currency))
        .collect(Collectors.joining("; "));
  }

  private static boolean canBeWritten(String captureId) {
    return !NO_PLAIN_ID.matcher(captureId).matches();
  }

  /** What all clues leave; none where they contradict each other. */
  private List<CaptureState> left(List<Clue> clues) {
    var left = new ArrayList<>(order.captures());
    clues.forEach(clue -> left.retainAll(clue.captures()));
    if (left.size() > 1 && !clues.isEmpty()) {
      var withRoom = left.stream().filter(c -> whole.room(c) >= amount).toList();
      return withRoom.isEmpty() ? left : withRoom;
    }
    return left;
  }

  /** What the first clue says that leaves one by itself. */
  private static String why(List<Clue> clues, List<CaptureState> left) {
    return clues.stream()
        .filter(clue -> clue.captures().equals(left))
        .findFirst()
        .map(Clue::why)
        .orElseGet(() -> text("clue.together"));
  }

  private List<Clue> clues() {
    var clues = new ArrayList<Clue>();
    if (order.hasOneCapture()) {
      clues.add(new Clue(order.captures(), text("clue.only-invoice")));
    }
    var captureId = order.refund().captureId();
    if (captureId != null) {
      var meant = meant();
      add(
          clues,
          meant,
          meant.stream().anyMatch(c -> captureId.equals(c.capture().klarnaReference()))
              ? text("clue.invoice-number", captureId)
              : text("clue.capture-id-case", captureId));
    }
    var own = order.refund().reference();
    if (own != null) {
      add(clues, those(c -> own.equals(c.capture().reference())), text("clue.own-reference", own));
    }
    references().ifPresent(clues::add);
    return clues;
  }

  private static void add(List<Clue> clues, List<CaptureState> captures, String why) {
    if (!captures.isEmpty()) {
      clues.add(new Clue(captures, why));
    }
  }

  /** Captures that carry all references; else those that nearly fit; else those that fit at all. */
  private Optional<Clue> references() {
    var references = order.references();
    if (references.isEmpty()) {
      return Optional.empty();
    }
    var covering = order.covering();
    if (!covering.isEmpty()) {
      return Optional.of(new Clue(covering, text("clue.references")));
    }
    var known = new TreeSet<String>();
    var meant = new TreeSet<String>();
    for (var line : order.goodsLines()) {
      var reference = line.reference();
      if (reference != null && isCaptured(reference)) {
        known.add(reference);
      } else if (reference != null) {
        NearMiss.of(line, order.captures()).ifPresent(near -> meant.add(near.reference()));
      }
    }
    if (!meant.isEmpty()) {
      meant.addAll(known);
      return clue(meant, text("clue.near-references"));
    }
    return known.isEmpty() ? Optional.empty() : clue(known, text("clue.known-references"));
  }

  private Optional<Clue> clue(Set<String> references, String why) {
    var captures = those(c -> c.references().containsAll(references));
    return captures.isEmpty() ? Optional.empty() : Optional.of(new Clue(captures, why));
  }

  boolean isCaptured(String reference) {
    return order.captures().stream().anyMatch(c -> c.references().contains(reference));
  }

  /** What amounts alone leave: weaker than any name, so they are asked last. */
  private Optional<Clue> byAmount(List<CaptureState> left) {
    var withRoom = left.stream().filter(c -> whole.room(c) >= amount).toList();
    return one(withRoom, c -> c.capture().capturedAmount() == amount)
        .map(found -> new Clue(found, text("clue.captured-amount", refunded())))
        .or(
            () ->
                one(withRoom, c -> whole.room(c) == amount)
                    .map(found -> new Clue(found, text("clue.room", refunded()))))
        .or(
            () ->
                one(withRoom, this::hasUncreditedLine)
                    .map(found -> new Clue(found, text("clue.line", refunded()))));
  }

  private static Optional<List<CaptureState>> one(
      List<CaptureState> captures, Predicate<CaptureState> which) {
    var found = captures.stream().filter(which).toList();
    return found.size() == 1 ? Optional.of(found) : Optional.empty();
  }

  private boolean hasUncreditedLine(CaptureState capture) {
    return capture.capture().orderLines().stream()
        .anyMatch(line -> line.totalAmount() == amount && isUncredited(capture, line));
  }

  static boolean isUncredited(CaptureState capture, OrderLine line) {
    return line.reference() == null
        || capture.uncredited(line.reference()).compareTo(BigInteger.valueOf(line.totalAmount()))
            >= 0;
  }

  private List<CaptureState> those(Predicate<CaptureState> which) {
    return order.captures().stream().filter(which).toList();
  }

  /** What is proposed, with what is to be written for it, for the end of a suggestion. */
  String told(Proposal proposal) {
    var value = proposal.resolveAs();
    return those(c -> c.captureId().equals(value)).stream()
        .findFirst()
        .map(
            c ->
                text(
                    "suggestion.proposed",
                    capture(c.capture()),
                    proposal.why(),
                    quoted(value),
                    pasted(order.refund().refundId()),
                    pasted(value)))
        .orElseGet(() -> text("suggestion.proposed-parts", proposal.why(), quoted(value)));
  }
}
