package io.recredit.evidence;

/** How the place of a refund was found (rules.md, part 7, rules 2 and 3). */
public enum FoundBy {
  /** It was the only open refund of a snapshot: it is all that was left. */
  ONLY_ONE_OPEN,
  /** Several were open, and nothing was left: each is on no invoice. */
  NOTHING_LEFT,
  /** Several were open, and exactly their sum was left on one capture: each is whole there. */
  ALL_ON_ONE,
  /** It is credited, and what stands on the invoices leaves room for that. */
  AS_CREDITED
}
