package io.recredit.job;

import java.util.List;

/** The tables do not add up; the message says where. */
final class ProofFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ProofFailed(List<String> broken) {
    super("The proof failed: " + String.join(" ", broken));
  }
}
