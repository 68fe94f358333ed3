package io.recredit.app;

import io.recredit.settings.Settings;
import java.time.Clock;
import java.util.Locale;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.batch.core.repository.dao.JacksonExecutionContextStringSerializer;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;

/** Recredit's beans, and its way in. */
@SpringBootApplication(scanBasePackages = "io.recredit", proxyBeanMethods = false)
@EnableConfigurationProperties(Settings.class)
public class RecreditApplication {

  /** Runs a command and ends with its exit code. */
  public static void main(String[] args) {
    // What machines read, and what people paste, has the same digits on every machine.
    Locale.setDefault(Locale.ROOT);
    // Quiet until Spring has read how to log: the terminal belongs to sentences for people.
    LoggingSystem.get(RecreditApplication.class.getClassLoader()).beforeInitialize();
    System.exit(RecreditCommand.execute(args));
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /**
   * Brings the tables along, which their owner alone can; it is the first that may have to wait.
   */
  @Bean
  FlywayMigrationStrategy migration(WaitNotice waits) {
    return flyway -> {
      waits.begin();
      var database = flyway.getConfiguration().getDataSource();
      if (Startup.givenUrl() != null) {
        SessionCheck.mustBeKept(database);
      }
      var user = new UserRights(database);
      if (Startup.givenUrl() == null || user.owns()) { // Recredit's own is brought along as such
        flyway.migrate();
      } else {
        user.tablesMustBeOfThisVersion();
      }
    };
  }

  /** Contexts that people can read in the job repository; the default is Java's serialization. */
  @Bean
  ExecutionContextSerializer executionContextSerializer() {
    return new JacksonExecutionContextStringSerializer();
  }
}
