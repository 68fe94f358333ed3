package io.recredit.job;

import java.util.List;

/** Some of the settlements asked for cannot be; none was made. A sentence for each. */
final class RefusedSettlements extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RefusedSettlements(List<String> sentences) {
    super(String.join("\n", sentences) + "\nNothing was settled.");
  }
}
