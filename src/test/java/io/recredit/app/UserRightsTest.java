package io.recredit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.recredit.TestDatabase;
import io.recredit.TestMigrations;
import io.recredit.wording.UserException;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What is said of a user who may not do what a command does; before it does anything. */
class UserRightsTest {

  private final TestDatabase database = TestDatabase.fresh();
  private final UserRights job = rightsOf(database.asJob());

  private static UserRights rightsOf(TestDatabase user) {
    return new UserRights(dataSource(user));
  }

  private static DataSource dataSource(TestDatabase user) {
    return new DriverManagerDataSource(user.url(), user.username(), user.password());
  }

  private static String refused(ThrowingCallable call) {
    return String.valueOf(catchThrowableOfType(UserException.class, call).getMessage());
  }

  @BeforeEach
  void migrate() {
    TestMigrations.migrate(database);
    execute("drop role if exists anna", "create role anna login password 'anna'");
  }

  @AfterEach
  void forgetAnna() {
    execute("drop owned by anna", "drop role anna");
  }

  private void execute(String... statements) {
    for (var statement : statements) {
      database.rows(statement);
    }
  }

  private UserRights anna() {
    return rightsOf(database.as("anna"));
  }

  @Test
  void eachRoleMayDoItsCommands() {
    assertThatCode(() -> job.mustSuffice("nightly", Role.JOB)).doesNotThrowAnyException();
    assertThatCode(() -> job.mustSuffice("report", Role.READER)).doesNotThrowAnyException();
    execute("grant recredit_reader to anna");
    assertThatCode(() -> anna().mustSuffice("report", Role.READER)).doesNotThrowAnyException();
    var owner = rightsOf(database);
    assertThat(owner.owns()).isTrue();
    assertThatCode(() -> owner.mustSuffice("migrate", Role.OWNER)).doesNotThrowAnyException();
  }

  @Test
  void theOneRightThatIsMissingIsNamedWithWhatItIsOn() {
    execute("revoke truncate on recredit_store.lines_read from recredit_job");
    assertThat(refused(() -> job.mustSuffice("nightly", Role.JOB)))
        .startsWith(
            "nightly needs a right that recredit_job does not have: truncate on table recredit_store.lines_read. Have postgres, who owns the tables, run migrate");
    Tables.grant(dataSource(database));
    assertThatCode(() -> job.mustSuffice("nightly", Role.JOB)).doesNotThrowAnyException();

    execute("revoke update (until_run) on recredit_store.decision from recredit_job");
    assertThat(refused(() -> job.mustSuffice("nightly", Role.JOB)))
        .contains("update (until_run) on table recredit_store.decision");
    Tables.grant(dataSource(database));

    execute("revoke execute on all functions in schema recredit_store from recredit_job");
    assertThat(refused(() -> job.mustSuffice("nightly", Role.JOB)))
        .contains("execute on function recredit_store.");
    Tables.grant(dataSource(database));
  }

  @Test
  void whoIsNoReaderOrOnlyOneIsToldWhichRole() {
    assertThat(refused(() -> anna().mustSuffice("status", Role.READER)))
        .contains("usage on schema recredit_read", "have the role recredit_reader granted");
    execute("grant recredit_reader to anna");
    assertThat(refused(() -> anna().mustSuffice("nightly", Role.JOB)))
        .contains(
            "usage on schema recredit_store; usage on schema recredit_batch; ",
            "have the role recredit_job granted");
  }

  @Test
  void whatOnlyTheOwnerMayIsRefusedToAnybodyElse() {
    assertThat(refused(() -> job.mustSuffice("migrate", Role.OWNER)))
        .contains("which only their owner may: that is postgres, and not recredit_job");
  }

  @Test
  void tablesOfAnotherVersionAreNotForWhoDoesNotOwnThem() {
    assertThatCode(job::tablesMustBeOfThisVersion).doesNotThrowAnyException();
    execute(
        "update recredit_store.flyway_schema_history set version = '0' where version = '%d'"
            .formatted(Tables.version()));
    assertThat(refused(job::tablesMustBeOfThisVersion))
        .contains("Their owner, postgres, has to run migrate first");
    execute("update recredit_store.flyway_schema_history set version = '999' where version = '0'");
    assertThat(refused(job::tablesMustBeOfThisVersion)).contains("another version of Recredit");
    execute("drop schema recredit_read cascade");
    assertThat(refused(job::tablesMustBeOfThisVersion)).contains("run migrate first");
  }

  @Test
  void whereThereAreNoTablesItIsSaidHowTheyAreMade() {
    var empty = TestDatabase.fresh().asJob();
    assertThat(rightsOf(empty).owns()).isFalse();
    assertThat(refused(rightsOf(empty)::tablesMustBeOfThisVersion))
        .isEqualTo(
            "There are no tables of Recredit in this database yet, and recredit_job may not make them. Run sql/roles.sql in it, then migrate as recredit_owner.");
  }
}
