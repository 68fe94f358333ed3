package io.recredit.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.run.Failures;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void aConnectionThatThePoolFindsClosedIsNotTakenForAStatementThatIsRefused() {
    assertThat(Failures.of(new SQLException("Connection is closed")).getMessage())
        .startsWith("The database cannot be reached. ")
        .endsWith("It says: Connection is closed");
  }

  @Test
  void aStatementThatIsRefusedIsNotTakenForALostConnection() {
    assertThat(Failures.of(new SQLException("ERROR: no", "23505")).getMessage())
        .startsWith("The database refused a statement ");
  }
}
