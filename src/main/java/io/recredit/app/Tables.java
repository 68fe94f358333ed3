package io.recredit.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tables that this program makes: their version, and the grants on them. */
final class Tables {

  private static final String MIGRATIONS = "classpath:db/migration/V*__*.sql";

  private static final String GRANTS = "db/migration/afterMigrateApplied__grants.sql";

  private Tables() {}

  /** What the roles need and lack, by whoever owns the tables; Flyway does it with each version. */
  static void grant(DataSource owner) {
    try {
      new JdbcTemplate(owner).execute(new ClassPathResource(GRANTS).getContentAsString(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

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
