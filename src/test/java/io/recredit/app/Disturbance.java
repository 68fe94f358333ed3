package io.recredit.app;

import io.recredit.database.TestServers.Seen;
import java.util.concurrent.TimeUnit;

/** What may happen to a run at any moment. */
enum Disturbance {
  /** kill -9 of its process, or the machine it runs on is lost. */
  JOB_KILLED,
  /** kill -9 of the server: its sessions end, and the next start recovers from the log. */
  POSTGRESQL_KILLED,
  /** All sessions end at once, as when the network between the two is cut. */
  CONNECTIONS_LOST,
  /** One session ends, whichever. */
  ONE_CONNECTION_LOST;

  private static final String SESSIONS =
      "from pg_stat_activity where backend_type = 'client backend' and application_name like 'recredit %'";

  /** Returns when it has happened. */
  void strike(Process job, Seen server) throws Exception {
    switch (this) {
      case JOB_KILLED -> job.destroyForcibly().waitFor();
      case POSTGRESQL_KILLED -> {
        server.postmaster().destroyForcibly();
        server.postmaster().onExit().get(1, TimeUnit.MINUTES);
      }
      case CONNECTIONS_LOST ->
          server.database().rows("select pg_terminate_backend(pid) " + SESSIONS);
      case ONE_CONNECTION_LOST ->
          server
              .database()
              .rows(
                  "select pg_terminate_backend(pid) from (select pid %s order by random() limit 1) one"
                      .formatted(SESSIONS));
    }
  }
}
