package io.recredit.database;

import java.time.Duration;

/** A wait that ends: {@code while (!done()) if (!patience.lasts()) giveUp();}. */
final class Patience {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

  private final long deadlineNanos;

  private Patience(Duration atMost) {
    this.deadlineNanos = System.nanoTime() + atMost.toNanos();
  }

  static Patience of(Duration atMost) {
    return new Patience(atMost);
  }

  /** Waits a moment before the next look; false when the time is over. */
  boolean lasts() {
    try {
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseException("Recredit was interrupted while it waited for its database.");
    }
    return System.nanoTime() - deadlineNanos < 0;
  }
}
