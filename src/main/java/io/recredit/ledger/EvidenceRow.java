package io.recredit.ledger;

import io.recredit.allocation.Decided;
import io.recredit.allocation.Outcome.Placed;
import io.recredit.evidence.Evidence;
import io.recredit.evidence.KnownPlace;
import io.recredit.evidence.Verdict;
import io.recredit.wording.Recorded;
import io.recredit.wording.WholeOrder;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Klarna's record says of a refund, as the tables hold it. When it was read is not part of it:
 * a later snapshot that says the same makes no new row.
 *
 * @param decision the match rule or reason that the refund had before it was followed
 * @param place on which captures it stands, with minor units; null where that is not known
 * @param decidedPlace on which captures it was put before it was followed, where it stands
 *     elsewhere or not whole on any; else null
 */
record EvidenceRow(
    String refundId,
    String orderId,
    Verdict verdict,
    @Nullable String certainty,
    String decision,
    String explanation,
    @Nullable Map<String, Long> place,
    @Nullable Map<String, Long> decidedPlace) {

  private static final Set<Verdict> STANDS_OTHERWISE =
      EnumSet.of(Verdict.ELSEWHERE, Verdict.ON_NO_INVOICE);

  /** Of all refunds of an order; none where it has no usable snapshot. */
  static List<EvidenceRow> of(List<Decided> decided, WholeOrder whole) {
    return decided.stream()
        .flatMap(
            one ->
                whole
                    .evidence(one.order().refund().refundId())
                    .map(found -> of(one, found))
                    .stream())
        .toList();
  }

  private static EvidenceRow of(Decided decided, Evidence evidence) {
    var certainty = evidence.certainty();
    KnownPlace known = evidence.place();
    return new EvidenceRow(
        evidence.refundId(),
        decided.order().refund().orderId(),
        evidence.verdict(),
        certainty == null ? null : certainty.name(),
        decided.said().word(),
        Recorded.sentence(decided, evidence),
        known == null ? null : Map.copyOf(known.place().amounts()),
        decidedPlace(decided, evidence));
  }

  /** Where both sides are of the same amount: otherwise it is the amounts that differ. */
  private static @Nullable Map<String, Long> decidedPlace(Decided decided, Evidence evidence) {
    var refunded = decided.order().refund().refundedAmount();
    return STANDS_OTHERWISE.contains(evidence.verdict())
            && decided.said() instanceof Placed placed
            && placed.writtenOffAmount() == 0
            && Objects.equals(evidence.amountInRecord(), refunded)
        ? Map.copyOf(placed.place().amounts())
        : null;
  }
}
