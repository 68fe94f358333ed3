package io.recredit.job;

import java.util.Objects;

/** What is wrong with one of the settlements asked for. */
final class RefusedSettlement extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RefusedSettlement(String sentence) {
    super(sentence);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
