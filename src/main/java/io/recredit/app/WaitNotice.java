package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.postgres.Waits;
import io.recredit.postgres.Waits.Blocking;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Says whom the program waits for, where another session of the database keeps it waiting for some
 * seconds: a backup, or somebody who looks into the tables.
 */
@Component
class WaitNotice implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(WaitNotice.class);
  private static final long SECONDS_BETWEEN_LOOKS = 2;

  private final Waits waits;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(WaitNotice::daemon);
  private List<Blocking> seenBefore = List.of();
  private final Set<Blocking> told = new HashSet<>();

  WaitNotice(Waits waits) {
    this.waits = waits;
  }

  /** From here on, until the program ends. */
  void begin() {
    var unused =
        timer.scheduleWithFixedDelay(
            this::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
  }

  /** What was in the way at the last look, and is now, is worth a word. */
  private void look() {
    try {
      var seen = waits.now();
      seen.stream().filter(seenBefore::contains).filter(told::add).forEach(WaitNotice::say);
      seenBefore = seen;
    } catch (SQLException | RuntimeException e) { // whoever does the work will say what is wrong
      LOG.debug("It could not be seen who waits for whom", e);
    }
  }

  private static void say(Blocking blocking) {
    Terminal.complain(
        text(
            "app.waiting",
            blocking.pid(),
            blocking.user(),
            Objects.requireNonNullElse(blocking.program(), text("app.waiting.no-name")),
            Objects.requireNonNullElse(blocking.since(), text("app.waiting.unknown"))));
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "recredit-waits");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void destroy() {
    timer.shutdownNow();
  }
}
