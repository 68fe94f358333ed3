package io.recredit.wording;

import io.recredit.allocation.Finding.Candidate;
import java.util.List;

/**
 * What a step compared, as a sentence.
 *
 * @param takers the captures that could take what it is about, by their references, oldest first
 */
public record Compared(String sentence, List<Taker> takers) {

  public Compared {
    takers = List.copyOf(takers);
  }

  /** A capture that could take it, and what speaks for it. */
  public record Taker(Candidate candidate, String sentence) {}
}
