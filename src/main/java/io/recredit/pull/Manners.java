package io.recredit.pull;

import io.recredit.settings.Settings;
import java.time.Duration;

/**
 * How the API is asked.
 *
 * @param perSecond how many calls a second, at most
 * @param longestWait how much of a {@code Retry-After} is heeded
 * @param firstPause before what failed is tried again; each further pause is twice as long
 * @param answer how long an answer may take, from the call to its last byte
 */
public record Manners(int perSecond, Duration longestWait, Duration firstPause, Duration answer) {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofMinutes(2);

  static Manners of(Settings settings) {
    return new Manners(settings.pullPerSecond(), settings.pullLongestWait(), FIRST_PAUSE, ANSWER);
  }
}
