package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.run.Progress;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A bar where a person looks on, a line now and then where the output goes elsewhere; on standard
 * error.
 */
@Component
final class TerminalProgress implements Progress {

  private static final long SECONDS_BETWEEN_LINES = 10;
  private static final int BAR_UPDATE_MILLIS = 200;
  private static final long MEBIBYTE = 1 << 20;

  private final boolean terminal = Terminal.isWatched();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(TerminalProgress::daemon);
  private @Nullable ProgressBar bar;
  private @Nullable Future<?> lines;
  private String what = "";
  private long total;
  private long done;

  @Override
  public synchronized void begin(String what, Unit unit, long total) {
    this.what = what;
    this.total = total;
    done = 0;
    if (terminal && total > 0) {
      bar = bar(what, unit, total);
    } else {
      lines =
          timer.scheduleAtFixedRate(
              this::sayLine, SECONDS_BETWEEN_LINES, SECONDS_BETWEEN_LINES, TimeUnit.SECONDS);
    }
  }

  private static ProgressBar bar(String what, Unit unit, long total) {
    var builder =
        new ProgressBarBuilder()
            .setTaskName(what)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(BAR_UPDATE_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(System.err));
    return (unit == Unit.BYTES ? builder.setUnit(" MiB", MEBIBYTE) : builder).build();
  }

  private synchronized void sayLine() {
    Terminal.complain(
        total == 0
            ? text("app.progress", what)
            : text("app.progress.share", what, done * 100 / total));
  }

  @Override
  public synchronized void advance(long more) {
    done += more;
    if (bar != null) {
      bar.stepBy(more);
    }
  }

  @Override
  public synchronized void end() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
    if (lines != null) {
      lines.cancel(false);
      lines = null;
    }
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "recredit-progress");
    thread.setDaemon(true);
    return thread;
  }
}
