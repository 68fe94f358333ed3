package io.recredit.database;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A wait that ends: {@code while (!done()) if (!patience.lasts()) giveUp();}. */
final class Deadline {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

  /** A wait that is shorter needs no words. */
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private final long beganNanos = System.nanoTime();
  private final long atMostNanos;
  private @Nullable Runnable notice;

  private Deadline(Duration atMost, @Nullable Runnable notice) {
    this.atMostNanos = atMost.toNanos();
    this.notice = notice;
  }

  static Deadline of(Duration atMost) {
    return new Deadline(atMost, null);
  }

  /**
   * That of a person who looks on.
   *
   * @param notice says what is waited for, once, if it takes some seconds
   */
  static Deadline of(Duration atMost, Runnable notice) {
    return new Deadline(atMost, notice);
  }

  /** Waits a moment before the next look; false when the time is over. */
  boolean lasts() {
    try {
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw DatabaseFaults.interrupted();
    }
    long waitedNanos = System.nanoTime() - beganNanos;
    if (notice != null && waitedNanos > SILENCE.toNanos()) {
      notice.run();
      notice = null;
    }
    return waitedNanos < atMostNanos;
  }
}
