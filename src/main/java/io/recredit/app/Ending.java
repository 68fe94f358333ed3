package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.database.EmbeddedServer;
import io.recredit.run.GracefulStop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * How a command ends when the process is asked to end, by Ctrl-C or SIGTERM, before it is through.
 * A run is stopped so that it can be carried on, and the command ends as it does for a run that
 * failed. Whatever else is at work leaves nothing half done, and ends at once, with the signal's
 * own exit code. Neither leaves a database up. Spring's own hook would close the connections under
 * a run at work.
 */
final class Ending {

  private static final int MOST_SECONDS_TO_STOP = 30;
  private static final int MOST_SECONDS_TO_CLOSE = 10;
  private static final String STOP = "gracefulStop";

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean abandoned;
  private volatile @Nullable Integer exitCode;
  private volatile @Nullable Integer exitCodeWhenAsked;
  private volatile @Nullable EmbeddedServer server;
  private volatile @Nullable ConfigurableApplicationContext context;

  private Ending() {}

  /** From here on. */
  static Ending heeded() {
    var ending = new Ending();
    Runtime.getRuntime().addShutdownHook(new Thread(ending::onSignal));
    return ending;
  }

  /** Whether the process was asked to end. */
  boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** Whether the work is broken off, so that what goes wrong with it is nothing to be told. */
  boolean isAbandoned() {
    return abandoned;
  }

  /** Waits so long for being asked to end. */
  boolean isAskedWithin(long millis) throws InterruptedException {
    return asked.await(millis, TimeUnit.MILLISECONDS);
  }

  void uses(EmbeddedServer embedded) {
    server = embedded;
  }

  void uses(ConfigurableApplicationContext opened) {
    context = opened;
  }

  /** The work is done: being asked to end makes no difference to how it ended. */
  void done(int code) {
    exitCode = code;
  }

  /** From here on being asked to end is the ordinary end, once all is closed. */
  void isOrdinaryWith(int code) {
    exitCodeWhenAsked = code;
  }

  /** All is closed. */
  void ended() {
    ended.countDown();
  }

  /** Also run at an ordinary end, where nothing is left to be waited for. */
  private void onSignal() {
    if (ended.getCount() == 0) {
      return;
    }
    asked.countDown();
    try {
      if (exitCodeWhenAsked != null || stopRun()) {
        await(MOST_SECONDS_TO_STOP);
      } else {
        abandoned = true;
        Terminal.complain(text("app.stopped"));
        LoggerFactory.getLogger(Ending.class).info(text("app.stopped"));
        closeAtOnce();
      }
    } catch (InterruptedException | RuntimeException e) {
      LoggerFactory.getLogger(Ending.class).warn("The command could not be ended well", e);
    }
    var code = exitCodeWhenAsked == null ? exitCode : exitCodeWhenAsked;
    if (code != null) {
      Runtime.getRuntime().halt(code);
    }
    // Else with the signal's own: 128 and its number.
  }

  /** False where no run was ever at work; true once none is any more. */
  private boolean stopRun() throws InterruptedException {
    var opened = context;
    return opened != null
        && opened.isActive()
        && opened.getBeanFactory().containsSingleton(STOP)
        && opened.getBean(STOP, GracefulStop.class).interrupt();
  }

  /** Before everything is up, whoever brings it up sees that it was asked for, and closes it. */
  private void closeAtOnce() throws InterruptedException {
    if (context == null) {
      await(MOST_SECONDS_TO_CLOSE);
      return;
    }
    var closing = new Thread(this::close);
    closing.setDaemon(true);
    closing.start();
    closing.join(TimeUnit.SECONDS.toMillis(MOST_SECONDS_TO_CLOSE));
  }

  private void close() {
    var opened = context;
    if (opened != null) {
      if (opened.getBeanFactory().containsSingleton(STOP)) {
        opened.getBean(STOP, GracefulStop.class).cancelStatements();
      }
      opened.close();
    }
    var embedded = server;
    if (embedded != null) {
      embedded.close();
    }
  }

  private void await(int seconds) throws InterruptedException {
    if (!ended.await(seconds, TimeUnit.SECONDS)) {
      LoggerFactory.getLogger(Ending.class).warn("The command did not end in {} s", seconds);
    }
  }
}
