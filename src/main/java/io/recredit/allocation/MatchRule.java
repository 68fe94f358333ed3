package io.recredit.allocation;

/** Why a credit is where it is. */
public enum MatchRule {
  /** The refund named its capture (rules.md, step 5). */
  CAPTURE_ID,
  /** The order had exactly one capture, and nothing to compare (rules.md, steps 7 and 10). */
  SOLE_CAPTURE,
  /** The lines' references leave one place for everything (rules.md, steps 13 and 14). */
  REFERENCE,
  /**
   * Several captures carry the references; the rules chose one of them (rules.md, steps 13 and 14).
   */
  ONE_OF_SEVERAL,
  /** Klarna's record proves that it is there (rules.md, part 7, policy {@code evidence}). */
  KLARNA_RECORD,
  /** An accountant allocated it by hand. */
  MANUAL;

  /** Whether its credits' lines are known to sum to them: nobody checks a named capture's lines. */
  boolean checksLines() {
    return this != CAPTURE_ID && this != MANUAL && this != KLARNA_RECORD;
  }
}
