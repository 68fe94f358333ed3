package io.recredit.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.run.Failures;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void aConnectionThatThePoolFindsClosedIsNotTakenForAStatementThatIsRefused() {
    assertThat(Failures.sentence(new SQLException("Connection is closed")))
        .startsWith("The database cannot be reached. ")
        .endsWith("It says: Connection is closed");
  }

  @Test
  void aStatementThatIsRefusedIsNotTakenForALostConnection() {
    assertThat(Failures.sentence(new SQLException("ERROR: no", "23505")))
        .startsWith("The database refused a statement ");
  }
}
