package io.recredit.app;

import io.recredit.job.Progress;
import java.util.Locale;
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

  private static final long MILLIS_BETWEEN_LINES = 10_000;
  private static final int BAR_UPDATE_MILLIS = 200;
  private static final long MEBIBYTE = 1 << 20;

  private final boolean terminal = isTerminal();
  private @Nullable ProgressBar bar;
  private String what = "";
  private long total;
  private long done;
  private long nextLineAt;

  @Override
  public synchronized void begin(String what, Unit unit, long total) {
    this.what = what;
    this.total = total;
    done = 0;
    nextLineAt = System.currentTimeMillis() + MILLIS_BETWEEN_LINES;
    if (terminal && total > 0) {
      var builder =
          new ProgressBarBuilder()
              .setTaskName(what)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(BAR_UPDATE_MILLIS)
              .setConsumer(new ConsoleProgressBarConsumer(System.err));
      bar = (unit == Unit.BYTES ? builder.setUnit(" MiB", MEBIBYTE) : builder).build();
    }
  }

  @Override
  public synchronized void advance(long more) {
    done += more;
    if (bar != null) {
      bar.stepBy(more);
    } else if (System.currentTimeMillis() >= nextLineAt) {
      nextLineAt += MILLIS_BETWEEN_LINES;
      Terminal.complain(
          String.format(Locale.ROOT, "%s: %d %% done", what, total == 0 ? 0 : done * 100 / total));
    }
  }

  @Override
  public synchronized void end() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  /** From Java 22 on there is a console in any case, unless the old one is asked for. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    System.setProperty("jdk.console", "java.base");
    return System.console() != null;
  }
}
