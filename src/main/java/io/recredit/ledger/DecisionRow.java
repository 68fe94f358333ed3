package io.recredit.ledger;

import io.recredit.allocation.Credit;
import io.recredit.allocation.Decision;
import io.recredit.allocation.Policies;
import io.recredit.allocation.Refund;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision as the tables hold it: its facts. Two runs decided the same when their rows are equal,
 * and then the first one's row stays. The sentences about it are not part of it, nor are invoice
 * numbers and the shop's references, which may come later and change nothing.
 *
 * @param writtenOffAmount what of the refund is on no invoice by an accountant's decision; null
 *     where nothing is
 */
public record DecisionRow(
    String refundId,
    String orderId,
    String outcome,
    @Nullable String currency,
    long refundedAmount,
    Instant refundedAt,
    LocalDate businessDate,
    @Nullable String matchRule,
    @Nullable String reason,
    @Nullable String blockingRefundId,
    @Nullable String duplicateOf,
    @Nullable Long duplicateOfAmount,
    @Nullable Long writtenOffAmount,
    List<CreditRow> credits) {

  /** A credit of the decision: one per invoice, by capture_id. */
  public record CreditRow(String captureId, long creditedAmount, long returnFeeAmount) {

    static CreditRow of(Credit credit) {
      return new CreditRow(
          credit.capture().captureId(), credit.creditedAmount(), credit.returnFeeAmount());
    }
  }

  static final String CREDITED = "credited";
  public static final String EXCEPTION = "exception";
  static final String WRITTEN_OFF = "written_off";
  static final String DUPLICATE = "duplicate";

  public DecisionRow {
    credits = credits.stream().sorted(Comparator.comparing(CreditRow::captureId)).toList();
  }

  public boolean isWrittenOff() {
    return outcome.equals(WRITTEN_OFF);
  }

  DecisionRow with(List<CreditRow> credits) {
    return new DecisionRow(
        refundId,
        orderId,
        outcome,
        currency,
        refundedAmount,
        refundedAt,
        businessDate,
        matchRule,
        reason,
        blockingRefundId,
        duplicateOf,
        duplicateOfAmount,
        writtenOffAmount,
        credits);
  }

  public static DecisionRow of(Decision decision, Policies policies) {
    if (decision instanceof Decision.Credited credited) {
      var credits = credited.credits().stream().map(CreditRow::of).toList();
      return row(decision, policies, CREDITED, credited.matchRule().name(), null, null, credits);
    }
    if (decision instanceof Decision.Excepted excepted) {
      return row(decision, policies, EXCEPTION, null, excepted, null, List.of());
    }
    if (decision instanceof Decision.WrittenOff) {
      return row(decision, policies, WRITTEN_OFF, null, null, null, List.of());
    }
    var duplicate = (Decision.Duplicate) decision;
    return row(decision, policies, DUPLICATE, null, null, duplicate.duplicateOf(), List.of());
  }

  private static DecisionRow row(
      Decision decision,
      Policies policies,
      String outcome,
      @Nullable String matchRule,
      Decision.@Nullable Excepted excepted,
      @Nullable Refund duplicateOf,
      List<CreditRow> credits) {
    var refund = decision.refund();
    return new DecisionRow(
        refund.refundId(),
        refund.orderId(),
        outcome,
        decision.currency(),
        refund.refundedAmount(),
        refund.refundedAt(),
        policies.businessDate(refund.refundedAt()),
        matchRule,
        excepted == null ? null : excepted.reason().name(),
        excepted == null ? null : excepted.blockingRefundId(),
        duplicateOf == null ? null : duplicateOf.refundId(),
        duplicateOf == null ? null : duplicateOf.refundedAmount(),
        writtenOff(decision),
        credits);
  }

  private static @Nullable Long writtenOff(Decision decision) {
    if (decision instanceof Decision.Credited credited) {
      return credited.writtenOffAmount() == 0 ? null : credited.writtenOffAmount();
    }
    return decision instanceof Decision.WrittenOff ? decision.refund().refundedAmount() : null;
  }
}
