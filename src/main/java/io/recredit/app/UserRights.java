package io.recredit.app;

import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whether the user of the database may do what a command does, looked at before it does anything:
 * what is missing is said by name, and nothing is half done (operation.md, "Roles").
 */
final class UserRights {

  private static final int MOST_NAMED = 3;

  private final JdbcClient jdbc;

  UserRights(DataSource database) {
    this.jdbc = JdbcClient.create(database);
  }

  /**
   * Whether the user is the owner of the tables, or may make them where there are none. Whoever
   * could only act for the owner, a superuser for instance, would make some that are not the
   * owner's.
   */
  boolean owns() {
    return jdbc.sql(
            """
            select coalesce(
              (select nspowner = current_user::regrole from pg_namespace where nspname = 'recredit_store'),
              has_database_privilege(current_database(), 'create'))
            """)
        .query(Boolean.class)
        .single();
  }

  /** {@link UserException} where the tables are not of this program's version. */
  void tablesMustBeOfThisVersion() {
    var program = Tables.version();
    if (!exists("recredit_read")) {
      throw noTables();
    }
    if (!mayUse("recredit_read") || !mayUse("recredit")) {
      return; // what is missing will be said
    }
    int tables =
        jdbc.sql("select version from recredit.tables_version").query(Integer.class).single();
    if (tables > program) {
      throw new UserException(text("run.failed.other-version"));
    }
    if (tables < program) {
      throw olderTables();
    }
  }

  /** None that this program's user could read: they are older than readers' own names for them. */
  private UserException noTables() {
    return exists("recredit_store")
        ? olderTables()
        : new UserException(text("app.rights.no-tables", user(), Role.OWNER.databaseRole()));
  }

  private UserException olderTables() {
    return new UserException(text("app.rights.older-tables", Tables.version(), owner()));
  }

  /** {@link UserException} says which right the command lacks, and on what. */
  void mustSuffice(String command, Role role) {
    if (owns()) {
      return;
    }
    if (role == Role.OWNER) {
      throw exists("recredit_store")
          ? new UserException(text("app.rights.owner", owner(), user()))
          : new UserException(text("app.rights.no-tables", user(), role.databaseRole()));
    }
    var missing = missing(role);
    if (!missing.isEmpty()) {
      var named = String.join("; ", missing.subList(0, Math.min(MOST_NAMED, missing.size())));
      throw new UserException(
          text(
              "app.rights.missing",
              command,
              user(),
              missing.size() > MOST_NAMED
                  ? counted("app.rights.more", missing.size() - MOST_NAMED, named)
                  : named,
              owner(),
              role.databaseRole()));
    }
  }

  private List<String> missing(Role role) {
    if (!exists("recredit_read")) {
      return List.of(); // a command that takes the tables as they are says that there are none
    }
    if (!mayUse("recredit_read")) {
      return List.of("usage on schema recredit_read");
    }
    return jdbc.sql("select missing from recredit_read.missing_right(?, current_user)")
        .param(role.databaseRole())
        .query(String.class)
        .list();
  }

  private boolean exists(String schema) {
    return jdbc.sql("select to_regnamespace(?) is not null")
        .param(schema)
        .query(Boolean.class)
        .single();
  }

  private boolean mayUse(String schema) {
    return jdbc.sql("select has_schema_privilege(?, 'usage')")
        .param(schema)
        .query(Boolean.class)
        .single();
  }

  private String user() {
    return Objects.requireNonNull(
        jdbc.sql("select current_user::text").query(String.class).single());
  }

  private String owner() {
    return Objects.requireNonNull(
        jdbc.sql(
                "select nspowner::regrole::text from pg_namespace where nspname = 'recredit_store'")
            .query(String.class)
            .single());
  }
}
