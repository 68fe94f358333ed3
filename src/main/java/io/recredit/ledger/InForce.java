package io.recredit.ledger;

import java.util.List;

/**
 * What is in force of an order: its decisions, and what is said about those that are exceptions.
 */
public record InForce(List<DecisionRow> decisions, List<ExceptionText> texts) {

  static final InForce NOTHING = new InForce(List.of(), List.of());

  public InForce {
    decisions = List.copyOf(decisions);
    texts = List.copyOf(texts);
  }
}
