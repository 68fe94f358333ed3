package io.recredit.app;

import io.recredit.settings.NamedPlaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.io.ClassPathResource;

/** The log of a command that ends before Spring has begun, which else reads how to log. */
final class EarlyLog {

  private EarlyLog() {}

  static void begin() {
    var environment = NamedPlaces.environment(System.getenv(), System.getProperties(), Map.of());
    try {
      new YamlPropertySourceLoader()
          .load("own", new ClassPathResource("application.yaml"))
          .forEach(environment.getPropertySources()::addLast);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    LoggingSystem.get(EarlyLog.class.getClassLoader())
        .initialize(new LoggingInitializationContext(environment), null, LogFile.get(environment));
  }
}
