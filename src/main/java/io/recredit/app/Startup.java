package io.recredit.app;

import static io.recredit.wording.Messages.text;

import ch.qos.logback.classic.LoggerContext;
import io.recredit.database.DatabaseFaults;
import io.recredit.database.EmbeddedServer;
import io.recredit.run.Failures;
import io.recredit.settings.NamedPlaces;
import io.recredit.wording.ExitCode;
import io.recredit.wording.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
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

  private static final String URL = "SPRING_DATASOURCE_URL";
  private static final String USERNAME = "SPRING_DATASOURCE_USERNAME";
  private static final String PASSWORD = "SPRING_DATASOURCE_PASSWORD";
  private static final long MILLIS_BETWEEN_LOOKS = 500;

  private Startup() {}

  /** What a command does once everything is up. */
  @FunctionalInterface
  interface Work {
    int run(BeanFactory beans);
  }

  /**
   * A command.
   *
   * @param role whose rights it needs
   * @param readsOnly whether it takes the tables as they are
   * @param runs whether it makes runs, whose metrics are written when it ends
   * @param isNight whether these are the runs that whoever watches waits for
   */
  record Command(
      String name, Role role, boolean readsOnly, boolean runs, boolean isNight, Work work) {}

  /** Whether there is none yet: neither is one given, nor was Recredit's own ever made. */
  static boolean hasNoDatabase() {
    return givenUrl() == null && !Files.exists(dataFolder().resolve(EmbeddedServer.FOLDER));
  }

  /**
   * Does the work with everything up, closes everything behind it and says what went wrong.
   *
   * @return the exit code
   */
  static int with(Command command) {
    var end = CommandEnd.of(command);
    var ending = Ending.heeded();
    try {
      var given = givenUrl();
      return given == null
          ? withOwnDatabase(command, ending, end)
          : worked(command, ending, end, Map.of(), address(given), Optional::empty);
    } catch (RuntimeException | Error e) { // before there was a database, or whatever was up
      end.failed(Failures.of(e));
      throw e;
    } finally {
      ending.ended();
    }
  }

  private static int withOwnDatabase(Command command, Ending ending, CommandEnd end) {
    sayWhatIsNotUsed();
    try (var server = EmbeddedServer.start(dataFolder(), Terminal::complain)) {
      ending.uses(server);
      return worked(
          command,
          ending,
          end,
          properties(server, command.role() == Role.OWNER || command.readsOnly()),
          null,
          server::lackOfRoom);
    }
  }

  /**
   * The exit code of the work.
   *
   * @param address of the database that is given
   * @param cause what the embedded server said of its end, where it ended
   */
  private static int worked(
      Command command,
      Ending ending,
      CommandEnd end,
      Map<String, Object> properties,
      @Nullable String address,
      Supplier<Optional<UserException>> cause) {
    var exitCode = ExitCode.FAILED;
    if (ending.isAsked()) {
      return exitCode;
    }
    ConfigurableApplicationContext context = null;
    try {
      context = start(properties, command.readsOnly());
      ending.uses(context);
      end.begins(context);
      mustBeOfUse(context, command, address != null);
      if (!ending.isAsked()) {
        exitCode = command.work().run(context);
        ending.done(exitCode);
        end.ended(exitCode);
      }
    } catch (RuntimeException e) {
      if (!ending.isAbandoned()) {
        var failure = cause.get().orElseGet(() -> Failures.of(e, address));
        exitCode = complained(failure);
        ending.done(exitCode);
        end.failed(failure);
      }
    } finally {
      if (context != null) {
        context.close();
      }
    }
    return exitCode;
  }

  private static void mustBeOfUse(BeanFactory beans, Command command, boolean isGiven) {
    var database = beans.getBean(DataSource.class);
    if (!command.readsOnly()) {
      beans.getBean(JdbcClient.class); // which brings the tables along, and looks at the session
    } else if (isGiven) {
      SessionCheck.mustBeKept(database);
    }
    if (isGiven) { // on Recredit's own, the start has just seen to it
      new UserRights(database).mustSuffice(command.name(), command.role());
    }
  }

  /** Says what went wrong, and gives the exit code. */
  static int failed(Throwable failure) {
    return complained(Failures.of(failure));
  }

  private static int complained(UserException sentence) {
    Terminal.complain(sentence.getMessage());
    return sentence.exitCode();
  }

  /**
   * Keeps Recredit's own database up, its tables made, until the process is asked to end; that is
   * its ordinary end.
   *
   * @param whenUp told once it can be used
   * @return the exit code, where it ends otherwise: the server is gone
   */
  static int keepDatabase(Consumer<EmbeddedServer> whenUp) throws InterruptedException {
    var ending = Ending.heeded();
    sayWhatIsNotUsed();
    try {
      var server = EmbeddedServer.start(dataFolder(), Terminal::complain);
      ending.uses(server);
      int exitCode;
      try {
        exitCode = ending.isAsked() ? ExitCode.FAILED : kept(server, ending, whenUp);
      } finally {
        server.close();
      }
      if (server.isLeftRunning()) {
        Terminal.complain(text("app.db.left-running"));
      }
      return exitCode;
    } finally {
      ending.ended();
    }
  }

  private static int kept(EmbeddedServer server, Ending ending, Consumer<EmbeddedServer> whenUp)
      throws InterruptedException {
    try (var context = start(properties(server, true), false)) {
      context.getBean(JdbcClient.class); // which brings the tables up to date
    }
    ending.isOrdinaryWith(ExitCode.DONE);
    whenUp.accept(server);
    while (!ending.isAskedWithin(MILLIS_BETWEEN_LOOKS)) {
      if (!server.isUp()) {
        Terminal.complain(text("app.db.gone", dataFolder().toAbsolutePath()));
        return ExitCode.FAILED;
      }
    }
    return ExitCode.DONE;
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

  /**
   * The server's own user makes the tables; the job works as one who rewrites nothing.
   *
   * @param asOwner for what the owner does, and to look at tables that are not brought along
   */
  private static Map<String, Object> properties(EmbeddedServer server, boolean asOwner) {
    var name = "recredit " + UUID.randomUUID();
    return Map.of(
        "spring.datasource.url", server.jdbcUrl(),
        "spring.datasource.username", asOwner ? server.username() : EmbeddedServer.JOB_USER,
        "spring.datasource.password", server.password(),
        "spring.datasource.hikari.data-source-properties.requireAuth", server.authentication(),
        "spring.datasource.hikari.data-source-properties.ApplicationName", name,
        "spring.flyway.url",
            "%s?requireAuth=%s&ApplicationName=%s"
                .formatted(server.jdbcUrl(), server.authentication(), name.replace(" ", "%20")),
        "spring.flyway.user", server.username(),
        "spring.flyway.password", server.password());
  }

  /** A login without an address: somebody may have meant another database than this one. */
  private static void sayWhatIsNotUsed() {
    for (var variable : List.of(USERNAME, PASSWORD)) {
      var value = System.getenv(variable);
      if (value != null && !value.isBlank()) {
        Terminal.complain(text("app.database.login-not-used", variable, URL));
        return;
      }
    }
  }

  /** As "db.example:5432", to be named where it cannot be reached; without user and password. */
  private static @Nullable String address(String url) {
    var parsed = Driver.parseURL(url, null);
    if (parsed == null) {
      return null;
    }
    var hosts = parsed.getProperty("PGHOST", "").split(",", -1);
    var ports = parsed.getProperty("PGPORT", "").split(",", -1);
    return IntStream.range(0, hosts.length)
        .mapToObj(i -> i < ports.length ? hosts[i] + ":" + ports[i] : hosts[i])
        .collect(Collectors.joining(", "));
  }

  /** The launcher sets RECREDIT_DATA to data/ beside jobs/ where nobody else has set it. */
  private static Path dataFolder() {
    var folder = System.getenv("RECREDIT_DATA");
    return Path.of(folder == null || folder.isBlank() ? "data" : folder);
  }

  private static ConfigurableApplicationContext start(
      Map<String, Object> given, boolean readsOnly) {
    var properties = new HashMap<>(given);
    if (readsOnly) {
      properties.put("spring.flyway.enabled", "false");
    }
    var context =
        new SpringApplicationBuilder(RecreditApplication.class)
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            .registerShutdownHook(false)
            .environment(
                NamedPlaces.environment(System.getenv(), System.getProperties(), properties))
            .run();
    saysNothingOfItself();
    return context;
  }

  /** Of a log that cannot be written, as on a full disk, the terminal gets nothing of Logback's. */
  private static void saysNothingOfItself() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
      var status = logging.getStatusManager();
      status.getCopyOfStatusListenerList().forEach(status::remove);
    }
  }
}
