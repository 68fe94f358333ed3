package io.recredit.database;

import java.time.Duration;

/** A wait that ends: {@code while (!done()) if (!patience.lasts()) giveUp();}. */
final class Deadline {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

  private final long deadlineNanos;

  private Deadline(Duration atMost) {
    this.deadlineNanos = System.nanoTime() + atMost.toNanos();
  }

  static Deadline of(Duration atMost) {
    return new Deadline(atMost);
  }

  /** Waits a moment before the next look; false when the time is over. */
  boolean lasts() {
    try {
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw DatabaseFaults.interrupted();
    }
    return System.nanoTime() - deadlineNanos < 0;
  }
}
