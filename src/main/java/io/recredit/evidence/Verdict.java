package io.recredit.evidence;

/**
 * What Klarna's record says of a refund beside what was decided (rules.md, part 7): the first that
 * applies.
 */
public enum Verdict {
  /** The latest usable snapshot does not list it, and was read before the refund. */
  NEWER,
  /** The latest usable snapshot does not list it, though read at or after the refund. */
  NOT_LISTED,
  /** It is listed, but its place is neither proven nor inferred. */
  UNDECIDED,
  /** Its place is less than its amount in the record: some of it, or all, is on no invoice. */
  ON_NO_INVOICE,
  /** It is credited, with exactly that split. */
  AS_DECIDED,
  /** It is credited, with another split. */
  ELSEWHERE,
  /** It is not credited: the record shows where the money went. */
  LANDED
}
