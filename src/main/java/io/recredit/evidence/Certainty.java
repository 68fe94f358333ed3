package io.recredit.evidence;

/** How a refund's place is known. */
public enum Certainty {
  /** From snapshots alone (rules.md, part 7, rule 2). */
  PROVEN,
  /** From the latest usable snapshot, if the refunds that have no proven place are as credited. */
  INFERRED
}
