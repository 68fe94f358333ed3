package io.recredit.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Which version of the tables this program makes. */
final class Tables {

  private static final String MIGRATIONS = "classpath:db/migration/V*__*.sql";

  private Tables() {}

  static int version() {
    try {
      var found = new PathMatchingResourcePatternResolver().getResources(MIGRATIONS);
      return Arrays.stream(found)
          .map(file -> String.valueOf(file.getFilename()).replaceAll("V(\\d+)__.*", "$1"))
          .mapToInt(Integer::parseInt)
          .max()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
