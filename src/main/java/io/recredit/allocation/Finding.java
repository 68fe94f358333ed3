package io.recredit.allocation;

import java.util.List;

/**
 * What a step compared, and what came out.
 *
 * @param sentence with the amounts and references of this case
 * @param candidates the captures that could take the refund or the line by their references, oldest
 *     first; empty where the step does not choose among captures
 */
public record Finding(Step step, String sentence, List<Candidate> candidates) {

  public Finding {
    candidates = List.copyOf(candidates);
  }

  /**
   * A capture that carries the references of a refund, or of one line of it (SPEC steps 13 and 14).
   *
   * @param room what was left of it, less what this refund put there before
   * @param canTakeIt whether there is room for it, or, for a line of zero or less, whether this
   *     refund's net there stays 0 or more
   * @param fitsOnTheLines whether as much is uncredited under its references
   * @param sentence the same in words
   */
  public record Candidate(
      Capture capture, long room, boolean canTakeIt, boolean fitsOnTheLines, String sentence) {}
}
