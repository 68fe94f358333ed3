package io.recredit.ledger;

import io.recredit.allocation.Decided;
import io.recredit.evidence.Evidence;
import io.recredit.evidence.KlarnaRecord;
import io.recredit.evidence.KnownPlace;
import io.recredit.evidence.Place;
import io.recredit.evidence.Verdict;
import io.recredit.wording.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Klarna's record says of a refund, as the tables hold it. When it was read is not part of it:
 * a later snapshot that says the same makes no new row.
 *
 * @param decision the match rule or reason that the refund had before it was followed
 * @param place on which captures it stands, with minor units; null where that is not known
 */
record EvidenceRow(
    String refundId,
    String orderId,
    Verdict verdict,
    @Nullable String certainty,
    String decision,
    String explanation,
    @Nullable Map<String, Long> place) {

  /** Of all refunds of an order; none where it has no usable snapshot. */
  static List<EvidenceRow> of(List<Decided> decided, KlarnaRecord record) {
    var rows = new ArrayList<EvidenceRow>();
    var evidences = record.compare(decided.stream().map(Decided::decidedRefund).toList());
    for (var i = 0; i < evidences.size(); i++) {
      rows.add(of(decided.get(i), evidences.get(i)));
    }
    return rows;
  }

  private static EvidenceRow of(Decided decided, Evidence evidence) {
    var certainty = evidence.certainty();
    KnownPlace known = evidence.place();
    Place place = known == null ? null : known.place();
    return new EvidenceRow(
        evidence.refundId(),
        decided.order().refund().orderId(),
        evidence.verdict(),
        certainty == null ? null : certainty.name(),
        decided.said().word(),
        Recorded.sentence(decided, evidence),
        place == null ? null : Map.copyOf(place.amounts()));
  }
}
