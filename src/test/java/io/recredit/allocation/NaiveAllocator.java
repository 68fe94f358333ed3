package io.recredit.allocation;

import static io.recredit.allocation.SpecBranch.*;
import static java.util.stream.Collectors.toCollection;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * rules.md, part 2 written down a second time, for {@link AllocatorLawTest} to compare with: slow
 * and plain, everything worked out anew for every refund from the rulings before it. It shares
 * nothing with the {@link Allocator} but the records.
 */
public final class NaiveAllocator {

  private static final Comparator<String> BY_CODE_POINT =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  /** Refused by Klarna before it could try to allocate: these do not block. */
  private static final Set<Reason> HARMLESS =
      EnumSet.of(
          Reason.OPERATION_LIMIT_EXCEEDED,
          Reason.NO_CAPTURE,
          Reason.CURRENCY_MISMATCH,
          Reason.CAPTURE_NOT_FOUND,
          Reason.RETURN_FEE_NOT_ELIGIBLE);

  private final Policies policies;

  public NaiveAllocator(Policies policies) {
    this.policies = policies;
  }

  /** A line of a refund and the capture it went to. */
  public record Placement(OrderLine line, Capture capture) {}

  /**
   * An outcome, where in the rules it was found, and what later refunds need to know of it.
   *
   * @param failure why the rules alone could not allocate it, for step 6; null where that does not
   *     count because it is resolved
   * @param besides what the rules alone say of a refund that is resolved; null where none is
   */
  public record Ruling(
      Refund refund,
      NaiveOutcome outcome,
      @Nullable Reason failure,
      Set<SpecBranch> visited,
      List<Placement> placements,
      @Nullable NaiveOutcome besides) {

    public boolean is(String kind) {
      return outcome.kind().equals(kind);
    }

    Ruling beside(NaiveOutcome byTheRules) {
      return new Ruling(refund, outcome, failure, visited, placements, byTheRules);
    }

    boolean blocks() {
      return failure != null && !HARMLESS.contains(failure);
    }

    public BigInteger credited() {
      return add(outcome.parts().stream().map(NaiveOutcome.Part::amount));
    }

    public BigInteger creditedOn(Capture capture) {
      return add(
          outcome.parts().stream()
              .filter(part -> part.captureId().equals(capture.captureId()))
              .map(NaiveOutcome.Part::amount));
    }

    /** What its goods took of a reference's lines on a capture. */
    BigInteger takenFrom(Capture capture, String reference) {
      var unchecked =
          outcome.matchRule() == MatchRule.CAPTURE_ID
              || outcome.matchRule() == MatchRule.MANUAL
              || outcome.matchRule() == MatchRule.KLARNA_RECORD;
      return unchecked && !total(refund.orderLines()).equals(credited())
          ? BigInteger.ZERO
          : NaiveAllocator.taken(placements, capture, reference);
    }
  }

  public List<Ruling> decide(OrderHistory history) {
    var rulings = new ArrayList<Ruling>();
    history.refunds().stream()
        .sorted(
            Comparator.comparing(Refund::refundedAt).thenComparing(Refund::refundId, BY_CODE_POINT))
        .forEach(refund -> rulings.add(new Case(history, refund, List.copyOf(rulings)).decide()));
    return rulings;
  }

  /** One refund, and everything that had happened by then. */
  private final class Case {

    private final OrderHistory history;
    private final Refund refund;
    private final BigInteger refunded;
    private final List<OrderLine> goods;
    private final List<OrderLine> fees;
    private final List<Ruling> earlier;
    private final List<Capture> existing;
    private final List<Capture> captures;
    private final Set<SpecBranch> visited = EnumSet.noneOf(SpecBranch.class);

    Case(OrderHistory history, Refund refund, List<Ruling> earlier) {
      this.history = history;
      this.refund = refund;
      this.earlier = earlier;
      refunded = big(refund.refundedAmount());
      goods = refund.orderLines().stream().filter(line -> !isFee(line)).toList();
      fees = refund.orderLines().stream().filter(NaiveAllocator::isFee).toList();
      existing =
          history.captures().stream()
              .filter(capture -> capture.capturedAt().compareTo(refund.refundedAt()) <= 0)
              .sorted(
                  Comparator.comparing(Capture::capturedAt)
                      .thenComparing(Capture::captureId, BY_CODE_POINT))
              .toList();
      captures =
          existing.stream()
              .filter(capture -> capture.purchaseCurrency().equals(orderCurrency()))
              .toList();
    }

    Ruling decide() {
      var byTheRules = byTheRules();
      return byTheRules.is(NaiveOutcome.DUPLICATE)
          ? byTheRules
          : history.resolutions().stream()
              .filter(resolution -> resolution.refundId().equals(refund.refundId()))
              .findFirst()
              .map(resolution -> resolved(resolution, byTheRules).beside(byTheRules.outcome()))
              .orElseGet(() -> followed(byTheRules));
    }

    /** An accountant's decision takes the place of the rules', unless the input contradicts it. */
    private Ruling resolved(Resolution resolution, Ruling byTheRules) {
      if (resolution.resolvedAmount() != refund.refundedAmount()
          || !resolution.parts().stream().allMatch(this::canBeTaken)) {
        return ruling(
            NaiveOutcome.EXCEPTION,
            null,
            Reason.RESOLUTION_VOID,
            List.of(),
            null,
            null,
            List.of(),
            byTheRules.failure());
      }
      var failure = policies.resolved() == Policies.Resolved.BLOCKS ? byTheRules.failure() : null;
      if (resolution.parts().isEmpty()) {
        return ruling(
            NaiveOutcome.WRITTEN_OFF, null, null, List.of(), null, null, List.of(), failure);
      }
      var named = resolution.parts().stream().map(part -> existing(part).get(0)).toList();
      // With several captures nobody said which line went where.
      var placements =
          refund.orderLines().stream()
              .filter(line -> named.size() == 1)
              .map(line -> new Placement(line, named.get(0)))
              .toList();
      var parts =
          resolution.parts().stream()
              .map(part -> part(existing(part).get(0), big(part.amount()), placements))
              .toList();
      return ruling(
          NaiveOutcome.CREDITED, MatchRule.MANUAL, null, parts, null, null, placements, failure);
    }

    /** What Klarna's record proves takes the place of what the rules say, by policy. */
    private Ruling followed(Ruling byTheRules) {
      var proven = history.klarnaRecord().proven().get(refund.refundId());
      var isAsInTheRecord =
          history.klarnaRecord().latestUsable().stream()
              .flatMap(snapshot -> snapshot.refunds().stream())
              .anyMatch(
                  listed ->
                      listed.refundId().equals(refund.refundId())
                          && listed.refundedAmount() == refund.refundedAmount());
      if (policies.evidence() == Policies.Evidence.COMPARE || proven == null || !isAsInTheRecord) {
        return byTheRules;
      }
      var place = proven.place().amounts();
      var isCredited = byTheRules.is(NaiveOutcome.CREDITED);
      if (proven.place().total().compareTo(refunded) < 0) {
        return isCredited
            ? ruling(
                NaiveOutcome.EXCEPTION,
                null,
                Reason.ON_NO_INVOICE,
                List.of(),
                null,
                null,
                List.of(),
                Reason.ON_NO_INVOICE)
            : byTheRules;
      }
      var named = captures.stream().filter(c -> place.containsKey(c.captureId())).toList();
      var canBeTaken =
          named.size() == place.size()
              && named.stream()
                  .allMatch(c -> hasRoom(c, big(place.getOrDefault(c.captureId(), 0L))));
      if (!canBeTaken || !Objects.equals(currency(), orderCurrency())) {
        return byTheRules;
      }
      if (isCredited && place.equals(split(byTheRules))) {
        return byTheRules.outcome().matchRule() == MatchRule.ONE_OF_SEVERAL
            ? ruling(
                NaiveOutcome.CREDITED,
                MatchRule.KLARNA_RECORD,
                null,
                byTheRules.outcome().parts(),
                null,
                null,
                byTheRules.placements(),
                null)
            : byTheRules;
      }
      var placements =
          refund.orderLines().stream()
              .filter(line -> named.size() == 1)
              .map(line -> new Placement(line, named.get(0)))
              .toList();
      var parts =
          named.stream()
              .map(c -> part(c, big(place.getOrDefault(c.captureId(), 0L)), placements))
              .toList();
      return ruling(
          NaiveOutcome.CREDITED,
          MatchRule.KLARNA_RECORD,
          null,
          parts,
          null,
          null,
          placements,
          byTheRules.failure());
    }

    private static Map<String, Long> split(Ruling ruling) {
      return ruling.outcome().parts().stream()
          .collect(
              Collectors.toMap(
                  NaiveOutcome.Part::captureId, part -> part.amount().longValueExact()));
    }

    private boolean canBeTaken(Resolution.Part part) {
      return existing(part).stream()
          .anyMatch(
              capture ->
                  capture.purchaseCurrency().equals(currency())
                      && hasRoom(capture, big(part.amount())));
    }

    private List<Capture> existing(Resolution.Part part) {
      return existing.stream().filter(c -> c.captureId().equals(part.captureId())).toList();
    }

    private Ruling byTheRules() {
      return Stream.<Supplier<Optional<Ruling>>>of(
              this::step1Duplicate,
              this::step2OperationLimit,
              this::step3NoCapture,
              this::step4Currency,
              this::step5NamedCapture,
              this::step6PriorFailure,
              this::step7NoOrderLines,
              this::step8LinesSum,
              this::step9ReturnFee,
              this::step10NothingToCompare,
              this::step11ReferenceMissing,
              this::step12ReferenceNotCaptured,
              this::step13OneCapture,
              this::step14LineByLine)
          .map(Supplier::get)
          .flatMap(Optional::stream)
          .findFirst()
          .orElseThrow();
    }

    private Optional<Ruling> step1Duplicate() {
      var key = refund.idempotencyKey();
      if (key == null) {
        return Optional.empty();
      }
      var same = earlier.stream().filter(r -> key.equals(r.refund().idempotencyKey())).toList();
      if (same.isEmpty()) {
        return Optional.empty();
      }
      var original = same.get(0);
      visited.add(
          original.is(NaiveOutcome.CREDITED) ? DUPLICATE_OF_A_CREDIT : DUPLICATE_OF_AN_EXCEPTION);
      visitIf(same.size() > 1, DUPLICATE_FOR_THE_SECOND_TIME);
      return ruling(
          NaiveOutcome.DUPLICATE,
          null,
          null,
          List.of(),
          null,
          original.refund().refundId(),
          List.of());
    }

    private Optional<Ruling> step2OperationLimit() {
      var number = 1 + earlier.stream().filter(r -> !r.is(NaiveOutcome.DUPLICATE)).count();
      var releases =
          history.releases().stream()
              .filter(release -> release.releasedAt().compareTo(refund.refundedAt()) <= 0)
              .count();
      var operations = number + existing.size() + releases;
      visitIf(number == 200, REFUND_NUMBER_200);
      visitIf(operations == 500, EXACTLY_500_OPERATIONS);
      if (number > 200) {
        return exception(Reason.OPERATION_LIMIT_EXCEEDED, REFUND_NUMBER_201_OR_LATER);
      }
      return operations > 500
          ? exception(Reason.OPERATION_LIMIT_EXCEEDED, MORE_THAN_500_OPERATIONS)
          : Optional.empty();
    }

    private Optional<Ruling> step3NoCapture() {
      return existing.isEmpty()
          ? exception(
              Reason.NO_CAPTURE, history.captures().isEmpty() ? NO_CAPTURE_AT_ALL : NO_CAPTURE_YET)
          : Optional.empty();
    }

    private Optional<Ruling> step4Currency() {
      visitIf(refund.purchaseCurrency() == null, NO_CURRENCY_NAMED);
      return refund.purchaseCurrency() != null && !refund.purchaseCurrency().equals(orderCurrency())
          ? exception(Reason.CURRENCY_MISMATCH, OTHER_CURRENCY_NAMED)
          : Optional.empty();
    }

    private Optional<Ruling> step5NamedCapture() {
      if (refund.captureId() == null) {
        return Optional.empty();
      }
      var named = captures.stream().filter(c -> c.captureId().equals(refund.captureId())).toList();
      if (named.isEmpty()) {
        return exception(Reason.CAPTURE_NOT_FOUND, whyNamedCaptureIsNotFound());
      }
      visitIf(
          earlier.stream().anyMatch(Ruling::blocks) && hasRoom(named.get(0), refunded),
          NAMED_CAPTURE_CREDITED_BEHIND_A_BLOCK);
      return onTheOne(
          named.get(0),
          MatchRule.CAPTURE_ID,
          NAMED_CAPTURE_CREDITED,
          NAMED_CAPTURE_TOO_SMALL,
          NAMED_CAPTURE_WITHOUT_ROOM);
    }

    private SpecBranch whyNamedCaptureIsNotFound() {
      if (existing.stream().anyMatch(c -> c.captureId().equals(refund.captureId()))) {
        return NAMED_CAPTURE_IN_ANOTHER_CURRENCY;
      }
      return history.captures().stream().anyMatch(c -> c.captureId().equals(refund.captureId()))
          ? NAMED_CAPTURE_LATER
          : NAMED_CAPTURE_UNKNOWN;
    }

    private Optional<Ruling> step6PriorFailure() {
      var blocking = earlier.stream().filter(Ruling::blocks).toList();
      if (blocking.isEmpty()) {
        visitIf(
            earlier.stream().anyMatch(r -> r.is(NaiveOutcome.EXCEPTION)),
            NOT_BLOCKED_BY_AN_EARLIER_EXCEPTION);
        return Optional.empty();
      }
      visited.add(
          blocking.size() == 1
              ? BLOCKED_BY_THE_ONLY_FAILURE
              : BLOCKED_BY_THE_FIRST_OF_SEVERAL_FAILURES);
      return ruling(
          NaiveOutcome.EXCEPTION,
          null,
          Reason.PRIOR_ALLOCATION_FAILED,
          List.of(),
          blocking.get(0).refund().refundId(),
          null,
          List.of());
    }

    private Optional<Ruling> step7NoOrderLines() {
      if (!refund.orderLines().isEmpty()) {
        return Optional.empty();
      }
      return captures.size() == 1
          ? onTheOne(
              captures.get(0),
              MatchRule.SOLE_CAPTURE,
              LINELESS_ON_THE_SOLE_CAPTURE,
              LINELESS_LARGER_THAN_THE_SOLE_CAPTURE,
              LINELESS_LARGER_THAN_THE_ROOM)
          : exception(Reason.NO_ORDER_LINES, LINELESS_WITH_SEVERAL_CAPTURES);
    }

    private Optional<Ruling> step8LinesSum() {
      var difference = total(refund.orderLines()).compareTo(refunded);
      return difference != 0
          ? exception(
              Reason.LINES_SUM_MISMATCH, difference < 0 ? LINES_SUM_TO_LESS : LINES_SUM_TO_MORE)
          : Optional.empty();
    }

    private Optional<Ruling> step9ReturnFee() {
      if (fees.isEmpty()) {
        return Optional.empty();
      }
      if (captures.size() > 1) {
        return exception(Reason.RETURN_FEE_NOT_ELIGIBLE, FEE_WITH_SEVERAL_CAPTURES);
      }
      var capture = captures.get(0);
      var all = capture.orderAmount() != null && capture.capturedAmount() >= capture.orderAmount();
      var unknown = capture.orderAmount() == null;
      var released =
          history.releases().stream()
                  .anyMatch(release -> release.releasedAt().compareTo(refund.refundedAt()) <= 0)
              || history.klarnaRecord().latest().stream()
                  .anyMatch(snapshot -> Objects.equals(snapshot.remainingAuthorizedAmount(), 0L));
      var failures = EnumSet.noneOf(SpecBranch.class);
      if (!all && !unknown && !released) {
        failures.add(FEE_NOT_FULLY_CAPTURED);
      }
      if (!policies.returnFeeCountries().contains(existing.get(0).purchaseCountry())) {
        failures.add(FEE_IN_ANOTHER_COUNTRY);
      }
      if (fees.stream().anyMatch(fee -> fee.totalAmount() > 0)) {
        failures.add(FEE_POSITIVE);
      }
      if (failures.isEmpty()) {
        visited.add(
            all
                ? FEE_WITH_ALL_OF_THE_ORDER_CAPTURED
                : unknown ? FEE_WITHOUT_A_KNOWN_ORDER_AMOUNT : FEE_AFTER_A_RELEASE);
        return Optional.empty();
      }
      return exception(
          Reason.RETURN_FEE_NOT_ELIGIBLE,
          failures.size() == 1 ? failures.iterator().next() : FEE_FAILING_MORE_THAN_ONCE);
    }

    private Optional<Ruling> step10NothingToCompare() {
      if (captures.size() > 1) {
        return Optional.empty();
      }
      visitIf(existing.size() > 1, SOLE_CAPTURE_BESIDE_ANOTHER_CURRENCY);
      var capture = captures.get(0);
      var captureIsBare = capture.orderLines().isEmpty();
      if (!captureIsBare && goods.stream().anyMatch(line -> line.reference() != null)) {
        return Optional.empty();
      }
      return onTheOne(
          capture,
          MatchRule.SOLE_CAPTURE,
          captureIsBare ? CAPTURE_LISTS_NO_LINES : NO_GOODS_LINE_HAS_A_REFERENCE,
          NOTHING_TO_COMPARE_AND_TOO_LARGE,
          NOTHING_TO_COMPARE_AND_NO_ROOM);
    }

    private Optional<Ruling> step11ReferenceMissing() {
      return captures.size() > 1 && goods.stream().anyMatch(line -> line.reference() == null)
          ? exception(Reason.REFERENCE_MISSING, REFERENCE_MISSING_WITH_SEVERAL_CAPTURES)
          : Optional.empty();
    }

    private Optional<Ruling> step12ReferenceNotCaptured() {
      var unknown = references().filter(ref -> carriers(ref).isEmpty()).findFirst();
      if (unknown.isEmpty()) {
        return Optional.empty();
      }
      if (existing.stream().anyMatch(capture -> carries(capture, unknown.get()))) {
        return exception(Reason.REFERENCE_NOT_CAPTURED, REFERENCE_ONLY_IN_ANOTHER_CURRENCY);
      }
      return exception(
          Reason.REFERENCE_NOT_CAPTURED,
          captures.size() == 1 ? REFERENCE_NOT_ON_THE_SOLE_CAPTURE : REFERENCE_ON_NONE_OF_SEVERAL);
    }

    private Optional<Ruling> step13OneCapture() {
      var covering =
          captures.stream()
              .filter(capture -> references().allMatch(ref -> carries(capture, ref)))
              .toList();
      if (covering.isEmpty()) {
        return Optional.empty();
      }
      var withRoom = covering.stream().filter(capture -> hasRoom(capture, refunded)).toList();
      if (withRoom.isEmpty()) {
        return tooLarge(refunded, covering)
            ? exception(Reason.EXCEEDS_CAPTURED_AMOUNT, COVERED_AND_TOO_LARGE)
            : exception(Reason.EXCEEDS_REMAINING_AMOUNT, COVERED_AND_NO_ROOM);
      }
      if (covering.size() > 1 && policies.ambiguous() == Policies.Ambiguous.REJECT) {
        return exception(Reason.AMBIGUOUS_CAPTURE, COVERED_BY_SEVERAL_AND_THAT_IS_REFUSED);
      }
      var fitting = withRoom.stream().filter(capture -> fits(capture, goods, List.of())).toList();
      var chosen = fitting.isEmpty() ? withRoom.get(0) : fitting.get(0);
      noteHowCovered(covering, withRoom, fitting);
      return credited(
          covering.size() > 1 ? MatchRule.ONE_OF_SEVERAL : MatchRule.REFERENCE,
          refund.orderLines().stream().map(line -> new Placement(line, chosen)).toList());
    }

    private void noteHowCovered(
        List<Capture> covering, List<Capture> withRoom, List<Capture> fitting) {
      visitIf(
          goods.stream().anyMatch(line -> line.reference() == null),
          COVERED_ALONG_WITH_A_LINE_WITHOUT_REFERENCE);
      visitIf(
          references().anyMatch(ref -> sumOf(goods, ref).signum() < 0) && covering.size() > 1,
          fitting.isEmpty()
              ? COVERED_WITH_A_NEGATIVE_SUM_THAT_DOES_NOT_FIT
              : COVERED_WITH_A_NEGATIVE_SUM_THAT_FITS);
      if (covering.size() == 1) {
        visited.add(
            captures.size() == 1 ? COVERED_BY_THE_SOLE_CAPTURE : COVERED_BY_ONE_OF_THE_CAPTURES);
      } else if (withRoom.size() == 1) {
        visited.add(COVERED_BY_SEVERAL_AND_ONLY_ONE_HAS_ROOM);
      } else if (fitting.isEmpty()) {
        visited.add(COVERED_BY_SEVERAL_AND_NONE_FITS);
      } else {
        visited.add(
            fitting.get(0).equals(withRoom.get(0))
                ? COVERED_BY_SEVERAL_AND_THE_OLDEST_FITS
                : COVERED_BY_SEVERAL_AND_A_LATER_ONE_FITS);
      }
    }

    private Optional<Ruling> step14LineByLine() {
      if (policies.spanning() == Policies.Spanning.REJECT) {
        return exception(Reason.SPANS_CAPTURES, SPANNING_REFUSED);
      }
      var inOrder =
          goods.stream()
              .sorted(
                  Comparator.<OrderLine, Boolean>comparing(line -> line.totalAmount() <= 0)
                      .thenComparing(line -> carriers(reference(line)).size()))
              .toList();
      var placements = new ArrayList<Placement>();
      for (var line : inOrder) {
        var possible =
            carriers(reference(line)).stream()
                .filter(capture -> mayTake(capture, line, placements))
                .toList();
        if (possible.isEmpty()) {
          return cannotBePlaced(line);
        }
        if (carriers(reference(line)).size() > 1
            && policies.ambiguous() == Policies.Ambiguous.REJECT) {
          return exception(Reason.AMBIGUOUS_CAPTURE, SPANNING_LINE_WITH_A_CHOICE_REFUSED);
        }
        var fitting = possible.stream().filter(c -> fits(c, List.of(line), placements)).findFirst();
        var chosen = fitting.orElse(possible.get(0));
        noteHowPlaced(line, possible, chosen, fitting.isPresent(), placements);
        placements.add(new Placement(line, chosen));
      }
      var choice = goods.stream().anyMatch(line -> carriers(reference(line)).size() > 1);
      visited.add(choice ? SPANNING_WITH_A_CHOICE : SPANNING_WITH_ONE_PLACE_FOR_EVERY_LINE);
      visitIf(
          placements.stream()
              .anyMatch(
                  p -> p.line().totalAmount() != 0 && net(p.capture(), placements).signum() == 0),
          SPANNING_WITH_A_NET_OF_ZERO);
      return credited(choice ? MatchRule.ONE_OF_SEVERAL : MatchRule.REFERENCE, placements);
    }

    private boolean mayTake(Capture capture, OrderLine line, List<Placement> placements) {
      var net = net(capture, placements).add(big(line.totalAmount()));
      return line.totalAmount() > 0 ? hasRoom(capture, net) : net.signum() >= 0;
    }

    private Optional<Ruling> cannotBePlaced(OrderLine line) {
      if (line.totalAmount() <= 0) {
        return exception(Reason.NEGATIVE_CREDIT, SPANNING_NEGATIVE_CREDIT);
      }
      var amount = big(line.totalAmount());
      var carriers = carriers(reference(line));
      if (tooLarge(amount, carriers)) {
        return exception(Reason.EXCEEDS_CAPTURED_AMOUNT, SPANNING_LINE_TOO_LARGE);
      }
      return exception(
          Reason.EXCEEDS_REMAINING_AMOUNT,
          carriers.stream().anyMatch(capture -> hasRoom(capture, amount))
              ? SPANNING_LINE_WITHOUT_ROOM_BESIDE_THE_OTHERS
              : SPANNING_LINE_WITHOUT_ROOM);
    }

    private void noteHowPlaced(
        OrderLine line,
        List<Capture> possible,
        Capture chosen,
        boolean fits,
        List<Placement> placements) {
      var later = !chosen.equals(possible.get(0));
      var sign = Long.signum(line.totalAmount());
      visitIf(sign > 0 && later, SPANNING_LINE_FITS_A_LATER_CAPTURE);
      visitIf(sign > 0 && possible.size() > 1 && !fits, SPANNING_LINE_FITS_NOWHERE);
      visitIf(
          sign > 0 && !possible.equals(carriers(reference(line))),
          SPANNING_LINE_GOES_WHERE_THERE_IS_ROOM_LEFT);
      visitIf(sign < 0, SPANNING_NEGATIVE_LINE_PLACED);
      visitIf(sign < 0 && later, SPANNING_NEGATIVE_LINE_FITS_A_LATER_CAPTURE);
      visitIf(sign == 0, SPANNING_ZERO_LINE_PLACED);
      visitIf(
          sign == 0 && net(chosen, placements).signum() == 0,
          SPANNING_ZERO_LINE_ON_A_CAPTURE_WITHOUT_A_CREDIT);
    }

    private @Nullable String orderCurrency() {
      return existing.isEmpty() ? null : existing.get(0).purchaseCurrency();
    }

    /** The references of the goods lines, each once. */
    private Stream<String> references() {
      return goods.stream().flatMap(line -> Stream.ofNullable(line.reference())).distinct();
    }

    private List<Capture> carriers(String reference) {
      return captures.stream().filter(capture -> carries(capture, reference)).toList();
    }

    private boolean hasRoom(Capture capture, BigInteger amount) {
      var credited = add(earlier.stream().map(ruling -> ruling.creditedOn(capture)));
      return big(capture.capturedAmount()).subtract(credited).compareTo(amount) >= 0;
    }

    private boolean tooLarge(BigInteger amount, List<Capture> among) {
      return among.stream().noneMatch(c -> big(c.capturedAmount()).compareTo(amount) >= 0);
    }

    private boolean fits(Capture capture, List<OrderLine> lines, List<Placement> placedBefore) {
      return lines.stream()
          .flatMap(line -> Stream.ofNullable(line.reference()))
          .allMatch(
              ref -> {
                var brought = sumOf(lines, ref);
                var uncredited =
                    sumOf(capture.orderLines(), ref)
                        .subtract(add(earlier.stream().map(r -> r.takenFrom(capture, ref))))
                        .subtract(taken(placedBefore, capture, ref));
                return brought.signum() >= 0
                    ? uncredited.compareTo(brought) >= 0
                    : uncredited.compareTo(brought) <= 0;
              });
    }

    /** The two amount checks, and the credit if both are passed. */
    private Optional<Ruling> onTheOne(
        Capture capture,
        MatchRule matchRule,
        SpecBranch passed,
        SpecBranch tooSmall,
        SpecBranch noRoom) {
      if (tooLarge(refunded, List.of(capture))) {
        return exception(Reason.EXCEEDS_CAPTURED_AMOUNT, tooSmall);
      }
      if (!hasRoom(capture, refunded)) {
        return exception(Reason.EXCEEDS_REMAINING_AMOUNT, noRoom);
      }
      visited.add(passed);
      var placements =
          refund.orderLines().stream().map(line -> new Placement(line, capture)).toList();
      var part = part(capture, refunded, placements);
      return ruling(NaiveOutcome.CREDITED, matchRule, null, List.of(part), null, null, placements);
    }

    /** By lines: every capture gets what its lines sum to. */
    private Optional<Ruling> credited(MatchRule matchRule, List<Placement> placements) {
      var parts =
          captures.stream()
              .filter(capture -> net(capture, placements).signum() > 0)
              .map(capture -> part(capture, net(capture, placements), placements))
              .toList();
      return ruling(
          NaiveOutcome.CREDITED, matchRule, null, parts, null, null, List.copyOf(placements));
    }

    private Optional<Ruling> exception(Reason reason, SpecBranch branch) {
      visited.add(branch);
      return ruling(NaiveOutcome.EXCEPTION, null, reason, List.of(), null, null, List.of());
    }

    private Optional<Ruling> ruling(
        String kind,
        @Nullable MatchRule matchRule,
        @Nullable Reason reason,
        List<NaiveOutcome.Part> parts,
        @Nullable String blockingRefundId,
        @Nullable String duplicateOf,
        List<Placement> placements) {
      return Optional.of(
          ruling(
              kind, matchRule, reason, parts, blockingRefundId, duplicateOf, placements, reason));
    }

    private Ruling ruling(
        String kind,
        @Nullable MatchRule matchRule,
        @Nullable Reason reason,
        List<NaiveOutcome.Part> parts,
        @Nullable String blockingRefundId,
        @Nullable String duplicateOf,
        List<Placement> placements,
        @Nullable Reason failure) {
      var outcome =
          new NaiveOutcome(
              refund.refundId(),
              kind,
              matchRule,
              reason,
              parts,
              blockingRefundId,
              duplicateOf,
              currency());
      return new Ruling(refund, outcome, failure, visited, placements, null);
    }

    private @Nullable String currency() {
      return refund.purchaseCurrency() != null ? refund.purchaseCurrency() : orderCurrency();
    }

    private void visitIf(boolean here, SpecBranch branch) {
      if (here) {
        visited.add(branch);
      }
    }
  }

  /** rules.md, part 5: a fee can be told only of lines that sum to the credit. */
  private static NaiveOutcome.Part part(
      Capture capture, BigInteger amount, List<Placement> placements) {
    var lines = on(capture, placements).collect(toCollection(ArrayList::new));
    if (lines.isEmpty() || !total(lines).equals(amount)) {
      return new NaiveOutcome.Part(capture.captureId(), amount, BigInteger.ZERO);
    }
    var fees = lines.stream().filter(NaiveAllocator::isFee).map(line -> big(line.totalAmount()));
    return new NaiveOutcome.Part(
        capture.captureId(), amount, add(fees.map(fee -> fee.min(BigInteger.ZERO))).negate());
  }

  private static BigInteger net(Capture capture, List<Placement> placements) {
    return total(on(capture, placements).toList());
  }

  private static BigInteger taken(List<Placement> placements, Capture capture, String reference) {
    return sumOf(on(capture, placements).filter(line -> !isFee(line)).toList(), reference);
  }

  private static Stream<OrderLine> on(Capture capture, List<Placement> placements) {
    return placements.stream()
        .filter(placement -> placement.capture().captureId().equals(capture.captureId()))
        .map(Placement::line);
  }

  private static boolean isFee(OrderLine line) {
    return "return_fee".equals(line.type());
  }

  private static boolean carries(Capture capture, String reference) {
    return capture.orderLines().stream().anyMatch(line -> reference.equals(line.reference()));
  }

  private static String reference(OrderLine line) {
    return Objects.requireNonNull(line.reference());
  }

  private static BigInteger sumOf(List<OrderLine> lines, String reference) {
    return total(lines.stream().filter(line -> reference.equals(line.reference())).toList());
  }

  private static BigInteger total(List<OrderLine> lines) {
    return add(lines.stream().map(line -> big(line.totalAmount())));
  }

  private static BigInteger add(Stream<BigInteger> amounts) {
    return amounts.reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static BigInteger big(long amount) {
    return BigInteger.valueOf(amount);
  }
}
