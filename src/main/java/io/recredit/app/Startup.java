package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.database.DatabaseFaults;
import io.recredit.database.EmbeddedServer;
import io.recredit.run.Failures;
import io.recredit.run.GracefulStop;
import io.recredit.wording.ExitCode;
import io.recredit.wording.UserException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Starts what a command needs: the PostgreSQL that SPRING_DATASOURCE_URL names, or, where it names
 * none, Recredit's own; and Spring on top of it.
 */
final class Startup {

  private static final int MOST_SECONDS_TO_CLOSE = 30;
  private static final String URL = "SPRING_DATASOURCE_URL";

  private Startup() {}

  /** What a command does once everything is up. */
  @FunctionalInterface
  interface Work {
    int run(BeanFactory beans);
  }

  /**
   * Does the work with everything up, closes everything behind it and says what went wrong. Ctrl-C
   * and SIGTERM stop the job first and wait for that; Spring's own hook would close the connections
   * under it.
   *
   * @return the exit code
   */
  static int with(Work work) {
    var ended = new CountDownLatch(1);
    var exitCode = new AtomicInteger(ExitCode.FAILED);
    var server = givenUrl() == null ? EmbeddedServer.start(dataFolder()) : null;
    try (var context = start(server == null ? Map.of() : properties(server))) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(context, ended, exitCode)));
      exitCode.set(work.run(context));
    } catch (RuntimeException e) {
      exitCode.set(failed(e));
    } finally {
      if (server != null) {
        server.close();
      }
      ended.countDown();
    }
    return exitCode.get();
  }

  /** Says what went wrong, and gives the exit code. */
  static int failed(Throwable failure) {
    var sentence = Failures.of(failure);
    Terminal.complain(sentence.getMessage());
    return sentence.exitCode();
  }

  /**
   * Also run at an ordinary end, where nothing is left to be waited for. Work that was done before
   * it could be stopped ends as it would have.
   */
  private static void stop(
      ConfigurableApplicationContext context, CountDownLatch ended, AtomicInteger exitCode) {
    if (ended.getCount() == 0) {
      return;
    }
    try {
      if (context.isActive()) {
        context.getBean(GracefulStop.class).interrupt();
      }
      ended.await(MOST_SECONDS_TO_CLOSE, TimeUnit.SECONDS);
    } catch (InterruptedException | RuntimeException e) {
      LoggerFactory.getLogger(Startup.class).warn("The run could not be stopped in good order", e);
    }
    Runtime.getRuntime().halt(exitCode.get());
  }

  /**
   * Keeps Recredit's own database up, its tables made, until the process is asked to end; that is
   * its ordinary end.
   *
   * @param whenUp told once it can be used
   */
  static void keepDatabase(Consumer<EmbeddedServer> whenUp) throws InterruptedException {
    var asked = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    var server = EmbeddedServer.start(dataFolder());
    try {
      try (var context = start(properties(server))) {
        context.getBean(JdbcClient.class); // which brings the tables up to date
      }
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(asked, ended)));
      whenUp.accept(server);
      asked.await();
    } finally {
      server.close();
      if (server.isLeftRunning()) {
        Terminal.complain(text("app.db.left-running"));
      }
      ended.countDown();
    }
  }

  private static void end(CountDownLatch asked, CountDownLatch ended) {
    asked.countDown();
    try {
      ended.await(MOST_SECONDS_TO_CLOSE, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitCode.DONE);
  }

  /**
   * The PostgreSQL that is given, instead of Recredit's own; null where none is. {@link
   * UserException} where it cannot be one; the text is not repeated, it may hold a password.
   */
  static @Nullable String givenUrl() {
    var url = System.getenv(URL);
    if (url == null || url.isBlank()) {
      return null;
    }
    if (!new Driver().acceptsURL(url)) {
      throw DatabaseFaults.noAddress(URL);
    }
    return url;
  }

  private static Map<String, Object> properties(EmbeddedServer server) {
    return Map.of(
        "spring.datasource.url", server.jdbcUrl(),
        "spring.datasource.username", server.username(),
        "spring.datasource.password", server.password());
  }

  /** The launcher sets RECREDIT_DATA to data/ beside jobs/ where nobody else has set it. */
  private static Path dataFolder() {
    var folder = System.getenv("RECREDIT_DATA");
    return Path.of(folder == null || folder.isBlank() ? "data" : folder);
  }

  private static ConfigurableApplicationContext start(Map<String, Object> properties) {
    return new SpringApplicationBuilder(RecreditApplication.class)
        .web(WebApplicationType.NONE)
        .bannerMode(Banner.Mode.OFF)
        .logStartupInfo(false)
        .registerShutdownHook(false)
        .properties(properties)
        .run();
  }
}
