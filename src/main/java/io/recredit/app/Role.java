package io.recredit.app;

/** What a command does with the tables, and so whose it is (operation.md, "Roles"). */
enum Role {
  /** Reads what people read; members of recredit_reader may. */
  READER("recredit_reader"),
  /** Makes runs, which add to what there is; recredit_job may. */
  JOB("recredit_job"),
  /** Changes what was written, or the tables themselves: only their owner may. */
  OWNER("recredit_owner");

  private final String databaseRole;

  Role(String databaseRole) {
    this.databaseRole = databaseRole;
  }

  /** As sql/roles.sql makes it. */
  String databaseRole() {
    return databaseRole;
  }
}
