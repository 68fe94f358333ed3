package io.recredit.explain;

import static io.recredit.wording.Messages.text;

import io.recredit.allocation.Allocator;
import io.recredit.allocation.Capture;
import io.recredit.allocation.Decided;
import io.recredit.allocation.Decision.Credited;
import io.recredit.allocation.Decision.Excepted;
import io.recredit.allocation.OrderHistory;
import io.recredit.allocation.Reason;
import io.recredit.allocation.Refund;
import io.recredit.allocation.Resolution;
import io.recredit.feed.FeedLine;
import io.recredit.feed.ParsedLine;
import io.recredit.feed.RecordParser;
import io.recredit.ledger.PolicyStore;
import io.recredit.ledger.ShownOrder;
import io.recredit.ledger.ShownOrders;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides a refund before it is sent, as the next run would if nothing else came. */
@Component
public class RefundCheck {

  /** Where the request names none; a time beyond what RFC 3339 can write. */
  private static final String NO_ID = text("explain.check.no-id");

  private static final Instant NO_TIME = Instant.MAX;

  private final ShownOrders orders;
  private final PolicyStore policies;
  private final Clock clock;

  RefundCheck(ShownOrders orders, PolicyStore policies, Clock clock) {
    this.orders = orders;
    this.policies = policies;
    this.clock = clock;
  }

  /**
   * The request as the feed would read it, except that it needs no id and no time, nor an order
   * where that is said beside it.
   */
  public static ParsedLine<Refund> parse(FeedLine request, @Nullable String orderId) {
    return RecordParser.refundRequests(orderId, NO_ID, NO_TIME).parse(request);
  }

  /** Empty where no finished run has read anything of the order. */
  public Optional<CheckedRefund> check(Refund request) {
    return orders.order(request.orderId()).map(order -> check(request, order));
  }

  private CheckedRefund check(Refund request, ShownOrder order) {
    var known =
        order.history().refunds().stream()
            .anyMatch(refund -> refund.refundId().equals(request.refundId()));
    var time = request.refundedAt().equals(NO_TIME) ? afterAll(order) : request.refundedAt();
    var refund = with(request, time, request.captureId());
    var decided = decided(order, refund);
    var own = decided.stream().filter(e -> e.decision().refund().equals(refund)).findFirst();
    return new CheckedRefund(
        order,
        policies.current(),
        own.orElseThrow(),
        !request.refundId().equals(NO_ID),
        known,
        decided.stream()
            .filter(e -> isBlockedBy(refund, e))
            .map(e -> e.decision().refund().refundId())
            .toList(),
        wouldVoid(order, decided),
        isExcepted(own.get()) ? wouldTakeIt(order, refund) : List.of());
  }

  /** Now, but behind everything that is known of the order. */
  private Instant afterAll(ShownOrder order) {
    var history = order.history();
    var latest =
        Stream.of(
                history.captures().stream().map(Capture::capturedAt),
                history.refunds().stream().map(Refund::refundedAt),
                history.releases().stream().map(release -> release.releasedAt()))
            .flatMap(times -> times)
            .max(Instant::compareTo)
            .orElse(Instant.MIN);
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return now.isAfter(latest) ? now : latest.plus(1, ChronoUnit.MICROS);
  }

  private List<Decided> decided(ShownOrder order, Refund refund) {
    var history = order.history();
    var refunds = new ArrayList<>(history.refunds());
    refunds.removeIf(known -> known.refundId().equals(refund.refundId()));
    refunds.add(refund);
    return new Allocator(policies.current())
        .decide(
            new OrderHistory(
                history.orderId(),
                history.captures(),
                refunds,
                history.releases(),
                resolvedExcept(refund, history),
                history.klarnaRecord()));
  }

  /** It is asked what the rules say of the refund, not what somebody resolved. */
  private static List<Resolution> resolvedExcept(Refund refund, OrderHistory history) {
    return history.resolutions().stream()
        .filter(resolution -> !resolution.refundId().equals(refund.refundId()))
        .toList();
  }

  private static boolean isBlockedBy(Refund refund, Decided other) {
    return other.decision() instanceof Excepted excepted
        && refund.refundId().equals(excepted.blockingRefundId());
  }

  /** Resolutions that hold today and would not with the refund: it takes the room they need. */
  private List<String> wouldVoid(ShownOrder order, List<Decided> with) {
    var voidToday = voidResolutions(new Allocator(policies.current()).decide(order.history()));
    return voidResolutions(with).stream().filter(id -> !voidToday.contains(id)).toList();
  }

  private static List<String> voidResolutions(List<Decided> decided) {
    return decided.stream()
        .map(Decided::decision)
        .filter(d -> d instanceof Excepted e && e.reason() == Reason.RESOLUTION_VOID)
        .map(decision -> decision.refund().refundId())
        .toList();
  }

  private static boolean isExcepted(Decided decided) {
    return decided.decision() instanceof Excepted;
  }

  /** Tried out, by the same rules. */
  private List<Capture> wouldTakeIt(ShownOrder order, Refund refund) {
    return order.history().captures().stream()
        .filter(capture -> capture.capturedAmount() >= refund.refundedAmount())
        .filter(
            capture -> {
              var naming = with(refund, refund.refundedAt(), capture.captureId());
              return decided(order, naming).stream()
                  .map(Decided::decision)
                  .anyMatch(d -> d.refund().equals(naming) && d instanceof Credited);
            })
        .toList();
  }

  private static Refund with(Refund refund, Instant refundedAt, @Nullable String captureId) {
    return new Refund(
        refund.refundId(),
        refund.orderId(),
        refund.refundedAmount(),
        refundedAt,
        refund.purchaseCurrency(),
        captureId,
        refund.reference(),
        refund.description(),
        refund.idempotencyKey(),
        refund.orderLines());
  }
}
