package io.recredit.app;

import io.recredit.TestDatabase;
import io.recredit.database.TestServers;
import io.recredit.database.TestServers.Seen;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the runs on a data folder from outside, whoever runs the server there, and whether or
 * not one is up.
 */
final class Onlooker implements AutoCloseable {

  /** Of the newest job, the step it is at; the steps that share a partitioned one do not count. */
  private static final String STEP_AT_WORK =
      """
      select s.job_execution_id, (select from_date from recredit.run order by run_id desc limit 1), s.step_name
      from recredit_batch.batch_step_execution s
      where s.status = 'STARTED' and s.step_name not like '%:%'
        and s.job_execution_id = (select max(job_execution_id) from recredit_batch.batch_job_execution)
      order by s.step_execution_id desc
      limit 1
      """;

  private final Path dataFolder;
  private long newestJob;
  private long oldestJobOfInterest;
  private @Nullable Seen server;
  private @Nullable Connection session;

  Onlooker(Path dataFolder) {
    this.dataFolder = dataFolder;
  }

  /** Where a run is: which day it reads, and the step it is at. */
  record Place(LocalDate day, String step) {}

  /** Jobs seen so far are of processes that are gone. */
  void forgetJobsSoFar() {
    look();
    oldestJobOfInterest = newestJob + 1;
  }

  /** Empty where nothing is at work, or cannot be seen: there is no server, or no table yet. */
  Optional<Place> look() {
    try {
      if (session == null) {
        server = TestServers.see(dataFolder).orElse(null);
        if (server == null) {
          return Optional.empty();
        }
        session = server.database().connect();
      }
      var rows = TestDatabase.rows(session, STEP_AT_WORK);
      if (rows.isEmpty()) {
        return Optional.empty();
      }
      var columns = rows.get(0).split("\\|", -1);
      newestJob = Long.parseLong(columns[0]);
      return newestJob < oldestJobOfInterest
          ? Optional.empty()
          : Optional.of(new Place(LocalDate.parse(columns[1]), columns[2]));
    } catch (SQLException | IllegalStateException | IOException e) {
      close();
      return Optional.empty();
    }
  }

  /** The server that was looked at last, if one was. */
  Optional<Seen> server() {
    return Optional.ofNullable(server);
  }

  /** A look keeps the server up: whoever looks no more must say so. */
  @Override
  public void close() {
    try {
      if (session != null) {
        session.close();
      }
    } catch (SQLException e) {
      // It was broken, then.
    }
    session = null;
    server = null;
  }
}
