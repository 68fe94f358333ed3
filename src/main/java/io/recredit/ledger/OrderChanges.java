package io.recredit.ledger;

import io.recredit.allocation.Decided;
import io.recredit.allocation.Policies;
import io.recredit.wording.WholeOrder;
import io.recredit.wording.Wording;
import java.util.List;

/** What is new or different of an order after it was decided anew. */
public final class OrderChanges {

  public static final OrderChanges NONE =
      new OrderChanges(
          Change.none(), Change.none(), Change.none(), Change.none(), Change.none(), Change.none());

  private final Change<DecisionRow> decisions;
  private final Change<ExceptionText> texts;
  private final Change<RulesDecision> rules;
  private final Change<EvidenceRow> evidence;
  private final Change<BookedRefund> books;
  private final Change<RefusalDecision> refusals;

  private OrderChanges(
      Change<DecisionRow> decisions,
      Change<ExceptionText> texts,
      Change<RulesDecision> rules,
      Change<EvidenceRow> evidence,
      Change<BookedRefund> books,
      Change<RefusalDecision> refusals) {
    this.decisions = decisions;
    this.texts = texts;
    this.rules = rules;
    this.evidence = evidence;
    this.books = books;
    this.refusals = refusals;
  }

  /**
   * Decisions are compared by their facts alone, so that other words make no new decision.
   *
   * @param refusals what the rules say of the order's refused requests
   */
  public static OrderChanges of(
      OrderToDecide order,
      List<Decided> decided,
      List<RefusalDecision> refusals,
      Policies policies) {
    var before = order.before();
    var wording = new Wording(policies.timeZone());
    var whole = WholeOrder.of(decided);
    return new OrderChanges(
        Change.of(
            before.decisions(),
            decided.stream().map(one -> DecisionRow.of(one.decision(), policies)).toList(),
            DecisionRow::refundId),
        Change.of(
            before.texts(),
            decided.stream()
                .flatMap(one -> ExceptionText.of(one, whole, wording).stream())
                .toList(),
            ExceptionText::refundId),
        Change.of(
            before.rules(),
            decided.stream().flatMap(one -> RulesDecision.of(one).stream()).toList(),
            RulesDecision::refundId),
        Change.of(before.evidence(), EvidenceRow.of(decided, whole), EvidenceRow::refundId),
        Change.of(
            before.books(),
            decided.stream()
                .flatMap(one -> BookedRefund.of(one, order.orderReference(), policies).stream())
                .toList(),
            BookedRefund::refundId),
        Change.of(before.refusals(), refusals, RefusalDecision::refusalId));
  }

  Change<DecisionRow> decisions() {
    return decisions;
  }

  /** What is said of exceptions. */
  Change<ExceptionText> texts() {
    return texts;
  }

  /** What the rules alone would do about resolved refunds. */
  Change<RulesDecision> rules() {
    return rules;
  }

  /** What Klarna's record says. */
  Change<EvidenceRow> evidence() {
    return evidence;
  }

  /** What the refunds come to in the books. */
  Change<BookedRefund> books() {
    return books;
  }

  /** What the rules say of requests that made no refund. */
  Change<RefusalDecision> refusals() {
    return refusals;
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  /** How many rows it closes or writes, about: credits are not counted, nor closed lines. */
  public int size() {
    var lines = books.added().stream().mapToInt(BookedRefund::size).sum();
    return decisions.size()
        + texts.size()
        + rules.size()
        + evidence.size()
        + refusals.size()
        + books.gone().size()
        + lines;
  }
}
