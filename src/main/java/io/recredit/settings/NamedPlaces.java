package io.recredit.settings;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Where settings come from: the variables of Recredit's own name, the address of the database, the
 * JVM's options that the launcher or RECREDIT_JAVA_OPTS gave, and the application.yaml that the
 * program brings. Nothing else: neither what lies in the working folder nor what is in the
 * environment for another application of Spring's may lead it to another database, or have it run
 * other code.
 */
public final class NamedPlaces {

  private static final String PREFIX = "RECREDIT_";
  private static final String OPTION_PREFIX = "recredit.";

  /** What the build says is not said by others; images name their own version so. */
  private static final Set<String> NOT_SET_FROM_OUTSIDE =
      Set.of("RECREDIT_VERSION", "recredit.version");

  private static final Set<String> DATABASE =
      Set.of("SPRING_DATASOURCE_URL", "SPRING_DATASOURCE_USERNAME", "SPRING_DATASOURCE_PASSWORD");

  private static final String OWN_FILE = "classpath:/application.yaml";

  private NamedPlaces() {}

  /**
   * What is set, for Spring.
   *
   * @param variables the process's environment
   * @param options the JVM's properties
   * @param embedded how to reach Recredit's own database, which then is the one whatever else is
   *     said; empty where another one is given
   */
  public static ConfigurableEnvironment environment(
      Map<String, String> variables, Properties options, Map<String, Object> embedded) {
    var fixed = new HashMap<>(embedded);
    fixed.put("spring.config.location", OWN_FILE);
    if ("ecs".equals(variables.get("RECREDIT_LOG_FORMAT"))) {
      fixed.put("logging.structured.format.file", "ecs");
    }
    var environment = new NothingElse();
    var sources = environment.getPropertySources();
    sources.addLast(new MapPropertySource("recredit", fixed));
    sources.addLast(new MapPropertySource("options", named(options)));
    sources.addLast(
        new SystemEnvironmentPropertySource(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, named(variables)));
    return environment;
  }

  private static Map<String, Object> named(Map<String, String> variables) {
    var named = new HashMap<String, Object>();
    variables.forEach(
        (name, value) -> {
          if (isNamed(name) && !value.isBlank()) {
            named.put(name, value);
          }
        });
    return named;
  }

  private static boolean isNamed(String variable) {
    return DATABASE.contains(variable)
        || (variable.startsWith(PREFIX) && !NOT_SET_FROM_OUTSIDE.contains(variable));
  }

  /** The log's file and levels, and Recredit's own; how to log is code, and not among them. */
  private static Map<String, Object> named(Properties options) {
    var named = new HashMap<String, Object>();
    for (var name : options.stringPropertyNames()) {
      if (name.equals("logging.file.name")
          || name.startsWith("logging.level.")
          || (name.startsWith(OPTION_PREFIX) && !NOT_SET_FROM_OUTSIDE.contains(name))) {
        named.put(name, options.getProperty(name));
      }
    }
    return named;
  }

  /** Without the whole environment and all of the JVM's properties. */
  private static final class NothingElse extends StandardEnvironment {

    @Override
    protected void customizePropertySources(MutablePropertySources sources) {}
  }
}
