package io.recredit.pull;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Every call goes through here: so many a second and not more, over all threads; and none before
 * the time that an answer named in {@code Retry-After}, which the retry template does not see.
 */
final class Pace implements ClientHttpRequestInterceptor {

  /** The attribute of a request that says when it went. */
  static final String SENT = "sent";

  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  private final Clock clock;
  private final Duration longestWait;
  private final long nanosBetween;
  private final AtomicLong calls = new AtomicLong();

  /** When the next call may go, in the time of {@link System#nanoTime}. */
  private long next = System.nanoTime();

  Pace(int perSecond, Duration longestWait, Clock clock) {
    this.clock = clock;
    this.longestWait = longestWait;
    this.nanosBetween = TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  /** How many went. */
  long calls() {
    return calls.get();
  }

  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    waitForTurn();
    calls.incrementAndGet();
    request.getAttributes().put(SENT, clock.instant());
    var response = execution.execute(request, body);
    if (!response.getStatusCode().is2xxSuccessful()) {
      askedToWait(response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER))
          .ifPresent(this::noneBefore);
    }
    return response;
  }

  private void waitForTurn() throws IOException {
    try {
      while (true) {
        var nanos = nanosToWait();
        if (nanos <= 0) {
          return;
        }
        TimeUnit.NANOSECONDS.sleep(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** 0 where it is this one's turn, which then is taken. */
  private synchronized long nanosToWait() {
    var now = System.nanoTime();
    var wait = next - now;
    if (wait > 0) {
      return wait;
    }
    next = now + nanosBetween; // what was not used is not made up for
    return 0;
  }

  private synchronized void noneBefore(Duration fromNow) {
    var until = System.nanoTime() + fromNow.toNanos();
    if (until - next > 0) {
      next = until;
    }
  }

  /** As {@code Retry-After} says, in seconds or as a date (RFC 9110), at most the longest wait. */
  private Optional<Duration> askedToWait(@Nullable String retryAfter) {
    if (retryAfter == null) {
      return Optional.empty();
    }
    var value = retryAfter.strip();
    return (SECONDS.matcher(value).matches()
            ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
            : date(value).map(until -> Duration.between(clock.instant(), until)))
        .filter(wait -> !wait.isNegative())
        .map(wait -> wait.compareTo(longestWait) > 0 ? longestWait : wait);
  }

  private static Optional<Instant> date(String value) {
    try {
      return Optional.of(
          ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
