package io.recredit.app;

import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.springframework.stereotype.Component;

/**
 * Says that tables with records in them are brought up to a newer version, since that may take
 * minutes in which nothing else happens.
 */
@Component
class MigrationNotice implements Callback {

  private static final String FIRST_VERSION = "1";

  private boolean tablesAreNew;

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
    var version = migration.getVersion().toString();
    tablesAreNew = tablesAreNew || version.equals(FIRST_VERSION);
    if (!tablesAreNew) {
      Terminal.complain(
          "Bringing the tables to version %s (%s), which may take minutes ..."
              .formatted(version, migration.getDescription()));
    }
  }

  @Override
  public String getCallbackName() {
    return "notice";
  }
}
