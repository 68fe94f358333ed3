package io.recredit.job;

import java.util.Objects;

/** What is wrong with one of the resolutions asked for. */
final class RefusedResolution extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RefusedResolution(String sentence) {
    super(sentence);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
