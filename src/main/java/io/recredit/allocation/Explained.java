package io.recredit.allocation;

import java.util.List;

/**
 * A decision with what the steps found on the way to it.
 *
 * @param findings in the order of the steps, up to the one that decided
 */
public record Explained(Decision decision, List<Finding> findings) {

  public Explained {
    findings = List.copyOf(findings);
  }

  /** The step that decided: the last that found something. */
  public Step decidedBy() {
    return findings.get(findings.size() - 1).step();
  }
}
