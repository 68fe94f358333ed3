package io.recredit.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recredit.TestDatabase;
import io.recredit.wording.UserException;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class SessionCheckTest {

  private final TestDatabase database = TestDatabase.fresh();

  @Test
  void aPoolerThatLendsOneSessionToTwoConnectionsIsRefused() {
    try (var pooler =
        new SingleConnectionDataSource(
            database.url(), database.username(), database.password(), true)) {
      assertThatThrownBy(() -> SessionCheck.mustBeKept(pooler))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("pool_mode=session");
    }
  }

  @Test
  void sessionsOfTheirOwnAreFine() {
    var direct =
        new DriverManagerDataSource(database.url(), database.username(), database.password());
    assertThatCode(() -> SessionCheck.mustBeKept(direct)).doesNotThrowAnyException();
  }
}
