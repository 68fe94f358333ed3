package io.recredit.allocation;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a refund, without the sentences: what two readers of the rules must agree on. */
public record NaiveOutcome(
    String refundId,
    String kind,
    @Nullable MatchRule matchRule,
    @Nullable Reason reason,
    List<Part> parts,
    @Nullable String blockingRefundId,
    @Nullable String duplicateOf,
    @Nullable String currency) {

  public static final String CREDITED = "credited";
  public static final String EXCEPTION = "exception";
  public static final String DUPLICATE = "duplicate";
  public static final String WRITTEN_OFF = "written off";

  /**
   * The rules give the credits of a refund no order of their own, so here it is that of the ids.
   */
  public NaiveOutcome {
    parts = parts.stream().sorted(Comparator.comparing(Part::captureId)).toList();
  }

  /** One invoice's share of a refund. */
  public record Part(String captureId, BigInteger amount, BigInteger fee) {}

  static NaiveOutcome of(Decision decision) {
    var id = decision.refund().refundId();
    var currency = decision.currency();
    if (decision instanceof Decision.Credited credited) {
      var parts = credited.credits().stream().map(NaiveOutcome::part).toList();
      return new NaiveOutcome(
          id, CREDITED, credited.matchRule(), null, parts, null, null, currency);
    }
    if (decision instanceof Decision.Excepted excepted) {
      var blocking = excepted.blockingRefundId();
      return new NaiveOutcome(
          id, EXCEPTION, null, excepted.reason(), List.of(), blocking, null, currency);
    }
    if (decision instanceof Decision.WrittenOff) {
      return new NaiveOutcome(id, WRITTEN_OFF, null, null, List.of(), null, null, currency);
    }
    var original = ((Decision.Duplicate) decision).duplicateOf().refundId();
    return new NaiveOutcome(id, DUPLICATE, null, null, List.of(), null, original, currency);
  }

  private static Part part(Credit credit) {
    return new Part(
        credit.capture().captureId(),
        BigInteger.valueOf(credit.creditedAmount()),
        BigInteger.valueOf(credit.returnFeeAmount()));
  }
}
