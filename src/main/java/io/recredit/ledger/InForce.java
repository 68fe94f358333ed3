package io.recredit.ledger;

import java.util.List;

/**
 * What is in force of an order: its decisions, what is said about those that are exceptions, what
 * the rules alone would do about those that were resolved, what Klarna's record says of them, what
 * they come to in the books, and what the rules say of requests that made no refund.
 */
public record InForce(
    List<DecisionRow> decisions,
    List<ExceptionText> texts,
    List<RulesDecision> rules,
    List<EvidenceRow> evidence,
    List<BookedRefund> books,
    List<RefusalDecision> refusals) {

  static final InForce NOTHING =
      new InForce(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  public InForce {
    decisions = List.copyOf(decisions);
    texts = List.copyOf(texts);
    rules = List.copyOf(rules);
    evidence = List.copyOf(evidence);
    books = List.copyOf(books);
    refusals = List.copyOf(refusals);
  }
}
