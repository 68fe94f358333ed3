package io.recredit.app;

import io.recredit.database.DatabaseException;
import io.recredit.database.EmbeddedServer;
import io.recredit.job.Failures;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts what a command needs: the PostgreSQL that SPRING_DATASOURCE_URL names, or, where it names
 * none, Recredit's own; and Spring on top of it.
 */
final class Startup {

  private static final String URL = "SPRING_DATASOURCE_URL";

  private Startup() {}

  /** What a command does once everything is up. */
  @FunctionalInterface
  interface Work {
    int run(ConfigurableApplicationContext context);
  }

  static int with(Work work) {
    var properties = new HashMap<String, Object>();
    var server = givenUrl() ? null : EmbeddedServer.start(dataFolder());
    if (server != null) {
      properties.put("spring.datasource.url", server.jdbcUrl());
      properties.put("spring.datasource.username", server.username());
      properties.put("spring.datasource.password", server.password());
      // Run behind the context's own closing, also when it is a signal that ends the program.
      SpringApplication.getShutdownHandlers().add(server::close);
    }
    try (var context = start(properties)) {
      return work.run(context);
    } finally {
      if (server != null) {
        server.close();
      }
    }
  }

  private static boolean givenUrl() {
    var url = System.getenv(URL);
    return url != null && !url.isBlank();
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
        .properties(properties)
        .run();
  }

  /** What went wrong, as a sentence. */
  static String sentence(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DatabaseException) {
        return String.valueOf(cause.getMessage());
      }
    }
    return Failures.sentence(failure);
  }
}
