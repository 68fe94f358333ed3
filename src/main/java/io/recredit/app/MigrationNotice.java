package io.recredit.app;

import static io.recredit.wording.Messages.text;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says that tables with records in them are brought up to a newer version, since that may take
 * minutes in which nothing else happens.
 */
@Component
class MigrationNotice implements Callback {

  private static final String EXIST = "select to_regclass('recredit_store.run')";
  private static final String HOLD_RECORDS = "select exists (select from recredit_store.run)";

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    var migration = context.getMigrationInfo();
    if (migration.getVersion() == null) {
      return; // a repeatable one makes views, which takes no time
    }
    if (holdRecords(context.getConnection())) {
      Terminal.complain(text("app.migration", migration.getVersion(), migration.getDescription()));
    }
  }

  private static boolean holdRecords(Connection connection) {
    try {
      return first(connection, EXIST) != null
          && Boolean.TRUE.equals(first(connection, HOLD_RECORDS));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Object first(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getObject(1);
    }
  }

  @Override
  public String getCallbackName() {
    return "notice";
  }
}
