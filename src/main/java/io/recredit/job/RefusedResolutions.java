package io.recredit.job;

import java.util.List;

/** Some of the resolutions asked for cannot be; none was made. A sentence for each. */
final class RefusedResolutions extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RefusedResolutions(List<String> sentences) {
    super(String.join("\n", sentences) + "\nNothing was resolved.");
  }
}
