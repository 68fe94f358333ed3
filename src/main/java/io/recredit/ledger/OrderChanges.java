package io.recredit.ledger;

import io.recredit.allocation.Decided;
import io.recredit.allocation.Policies;
import io.recredit.evidence.KlarnaRecord;
import io.recredit.wording.WholeOrder;
import io.recredit.wording.Wording;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * What is new or different of an order after it was decided anew.
 *
 * @param closed refunds whose decision in force does not hold any more
 * @param decisions new ones
 * @param unsaid refunds of which what was said does not hold any more
 * @param texts what is said instead, or newly
 * @param overtaken resolved refunds of which the rules alone would not do any more what they would
 * @param rules what they would do instead, or newly
 * @param outdated refunds of which Klarna's record does not say any more what it did
 * @param evidence what it says instead, or newly
 */
public record OrderChanges(
    List<String> closed,
    List<DecisionRow> decisions,
    List<String> unsaid,
    List<ExceptionText> texts,
    List<String> overtaken,
    List<RulesDecision> rules,
    List<String> outdated,
    List<EvidenceRow> evidence) {

  public static final OrderChanges NONE =
      new OrderChanges(
          List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  public OrderChanges {
    closed = List.copyOf(closed);
    decisions = List.copyOf(decisions);
    unsaid = List.copyOf(unsaid);
    texts = List.copyOf(texts);
    overtaken = List.copyOf(overtaken);
    rules = List.copyOf(rules);
    outdated = List.copyOf(outdated);
    evidence = List.copyOf(evidence);
  }

  /** Decisions are compared by their facts alone, so that other words make no new decision. */
  public static OrderChanges of(
      InForce before, List<Decided> decided, KlarnaRecord record, Policies policies) {
    var decisions =
        Difference.of(
            before.decisions(),
            decided.stream().map(one -> DecisionRow.of(one.decision(), policies)).toList(),
            DecisionRow::refundId);
    var wording = new Wording(policies.timeZone());
    var whole = WholeOrder.of(decided);
    var texts =
        Difference.of(
            before.texts(),
            decided.stream()
                .flatMap(one -> ExceptionText.of(one, whole, wording).stream())
                .toList(),
            ExceptionText::refundId);
    var rules =
        Difference.of(
            before.rules(),
            decided.stream().flatMap(one -> RulesDecision.of(one).stream()).toList(),
            RulesDecision::refundId);
    var evidence =
        Difference.of(before.evidence(), EvidenceRow.of(decided, record), EvidenceRow::refundId);
    return new OrderChanges(
        decisions.gone(),
        decisions.added(),
        texts.gone(),
        texts.added(),
        rules.gone(),
        rules.added(),
        evidence.gone(),
        evidence.added());
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  /** How many rows it closes or writes, credits not counted. */
  public int size() {
    return closed.size()
        + decisions.size()
        + unsaid.size()
        + texts.size()
        + overtaken.size()
        + rules.size()
        + outdated.size()
        + evidence.size();
  }

  private record Difference<T>(List<String> gone, List<T> added) {

    static <T> Difference<T> of(
        Collection<T> before, Collection<T> after, Function<T, String> refundId) {
      var old = new LinkedHashMap<String, T>();
      before.forEach(one -> old.put(refundId.apply(one), one));
      var gone = new ArrayList<String>();
      var added = new ArrayList<T>();
      for (var one : after) {
        var was = old.remove(refundId.apply(one));
        if (!one.equals(was)) {
          added.add(one);
          if (was != null) {
            gone.add(refundId.apply(was));
          }
        }
      }
      gone.addAll(old.keySet());
      return new Difference<>(gone, added);
    }
  }
}
