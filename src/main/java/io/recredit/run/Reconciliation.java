package io.recredit.run;

import static io.recredit.wording.Messages.text;

import io.recredit.input.InputFile;
import io.recredit.input.OwnInput;
import io.recredit.input.Readings;
import io.recredit.ledger.PolicyStore;
import io.recredit.payout.PayoutFolder;
import io.recredit.postgres.Vacuum;
import io.recredit.wording.Days;
import io.recredit.wording.ExitCode;
import io.recredit.wording.FilesException;
import io.recredit.wording.UserException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/**
 * The life of a run: one at a time, the same command carries an unfinished one on, any other undoes
 * it first.
 */
@Service
public class Reconciliation {

  private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss z", Locale.ROOT);

  private final DataSource dataSource;
  private final Runs runs;
  private final Readings readings;
  private final RunFiles files;
  private final PolicyStore policies;
  private final JobRecovery recovery;
  private final Vacuum vacuum;
  private final JobOperator jobOperator;
  private final Job job;
  private final GracefulStop stop;
  private final RunLog log;
  private final Clock clock;

  Reconciliation(
      DataSource dataSource,
      Runs runs,
      Readings readings,
      RunFiles files,
      PolicyStore policies,
      JobRecovery recovery,
      Vacuum vacuum,
      JobOperator jobOperator,
      Job job,
      GracefulStop stop,
      RunLog log,
      Clock clock) {
    this.dataSource = dataSource;
    this.runs = runs;
    this.readings = readings;
    this.files = files;
    this.policies = policies;
    this.recovery = recovery;
    this.vacuum = vacuum;
    this.jobOperator = jobOperator;
    this.job = job;
    this.stop = stop;
    this.log = log;
    this.clock = clock;
  }

  /**
   * Runs what is asked for, one request after the other, until one fails: {@link UserException}, as
   * where another run is at work.
   *
   * @param requests asked for once the run lock is held, as they depend on what was read before
   * @param said takes sentences for the person who waits
   * @param done takes each finished run
   * @return the days that were passed over, as they have no files and were never read, or as their
   *     files cannot be read
   */
  public List<LocalDate> run(
      Supplier<List<RunRequest>> requests, Consumer<String> said, Consumer<Run> done) {
    var passedOver = new ArrayList<LocalDate>();
    alone(
        lock -> {
          var asked = requests.get();
          undoWhatNobodyAsksFor(asked, said);
          var without = asked.stream().filter(files::hasNothing).toList();
          without.forEach(request -> passedOver.add(request.from()));
          if (!without.isEmpty()) {
            var sentence =
                text(
                    "run.days-without-files",
                    String.join(", ", Days.ranges(passedOver)),
                    without.get(0).input());
            LOG.warn(sentence);
            said.accept(sentence);
          }
          for (var request : asked) {
            if (without.contains(request)) {
              continue;
            }
            lock.requireHeld();
            if (stop.isStopping()) {
              throw new UserException(text("run.stopped"));
            }
            passedOver.addAll(run(request, said, done));
          }
        });
    return List.copyOf(passedOver);
  }

  /** The days of the request that were passed over. */
  private List<LocalDate> run(RunRequest request, Consumer<String> said, Consumer<Run> done) {
    var missing = new ArrayList<LocalDate>();
    var begun = new ArrayList<Run>();
    try {
      var run = beginOrCarryOn(request, said, missing);
      begun.add(run);
      execute(run, text("run.stopped"));
      log.done(run);
      done.accept(runs.get(run.runId(), false));
      return missing;
    } catch (FilesException e) {
      // Of a first day nobody would know that it is missing.
      if (!request.catchesUp() || readings.firstDayRead().isEmpty()) {
        throw e;
      }
      begun.forEach(run -> undo(run, said));
      LOG.warn(text("run.passed-over", request.from(), e.withoutContent()));
      said.accept(text("run.passed-over", request.from(), e.getMessage()));
      return List.of(request.from());
    }
  }

  /** What a night began and no night would carry on: its files are again what was read, or gone. */
  private void undoWhatNobodyAsksFor(List<RunRequest> asked, Consumer<String> said) {
    runs.unfinished()
        .filter(run -> run.kind() == Run.Kind.NIGHTLY)
        .filter(
            run ->
                asked.stream()
                    .noneMatch(request -> run.isSame(request.kind(), request.from(), request.to())))
        .ifPresent(run -> undo(run, said));
  }

  /**
   * Runs over an input of its own, which is not kept for another attempt: a run that does not
   * finish is undone.
   *
   * @param input asked for once the run lock is held; empty where there is nothing to do
   */
  public void runOnce(
      Run.Kind kind,
      Supplier<Optional<OwnInput>> input,
      Consumer<String> said,
      Consumer<Run> done) {
    alone(
        lock -> {
          runs.unfinished().ifPresent(unfinished -> undo(unfinished, said));
          var asked = input.get().orElse(null);
          if (asked == null) {
            said.accept(text("run.stands-already"));
            return;
          }
          var run = begin(kind, asked);
          try {
            asked.write().accept(run.runId());
            execute(
                run, kind.keepsItsInput() ? text("run.stopped.kept") : text("run.stopped.undone"));
          } catch (RuntimeException | Error e) {
            undoAfter(e, run);
            throw e;
          }
          log.done(run);
          done.accept(runs.get(run.runId(), false));
        });
  }

  /** Does what is no run while there is none, which it would get in the way of. */
  public <T> T withoutRuns(Supplier<T> work) {
    var done = new ArrayList<T>();
    alone(lock -> done.add(work.get()));
    return done.get(0);
  }

  private Run begin(Run.Kind kind, OwnInput asked) {
    var run =
        runs.begin(
            kind,
            asked.from(),
            asked.to(),
            false,
            policies.current(),
            clock.instant(),
            List.of(),
            null);
    log.begun(run);
    return run;
  }

  /** Where not even that is possible, the next command undoes it: it finds the run unfinished. */
  private void undoAfter(Throwable failure, Run run) {
    try {
      runs.undo(run, clock.instant());
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  @FunctionalInterface
  private interface Work {
    void with(RunLock lock) throws SQLException;
  }

  private void alone(Work work) {
    try (var lock = RunLock.tryAcquire(dataSource).orElse(null)) {
      if (lock == null) {
        throw new UserException(atWork(), ExitCode.BUSY);
      }
      lock.keep(stop::atLostLock);
      recovery.recover();
      vacuum.clearOnYoungServer();
      work.with(lock);
    } catch (UserException e) {
      if (e.getCause() != null) {
        LOG.warn(e.getMessage(), e.getCause());
      }
      throw e;
    } catch (SQLException | RuntimeException e) {
      LOG.error("The run could not be made", e);
      throw Failures.of(e);
    }
  }

  private String atWork() {
    return runs.atWork()
        .map(
            run ->
                text(
                    "run.at-work",
                    run.runId(),
                    run.what(),
                    TIME.format(run.startedAt().atZone(run.policies().timeZone()))))
        .orElseGet(() -> text("run.at-work.starting"));
  }

  private Run beginOrCarryOn(RunRequest request, Consumer<String> said, List<LocalDate> missing) {
    // Anew each time: what was read by a run that has just finished is not to be read again.
    missing.clear();
    var asked = files.of(request, said, missing);
    var unfinished = runs.unfinished();
    if (unfinished.isPresent()) {
      var run = unfinished.get();
      if (!canBeCarriedOn(run, request, asked)) {
        undo(run, said);
      } else if (runs.carryOn(run)) {
        said.accept(text("run.carried-on", run.runId(), run.what()));
        log.carriedOn(run);
        return runs.get(run.runId(), request.withdraw());
      } else {
        return beginOrCarryOn(request, said, missing);
      }
    }
    var run =
        runs.begin(
            request.kind(),
            request.from(),
            request.to(),
            request.withdraw(),
            policies.current(),
            clock.instant(),
            asked,
            PayoutFolder.in(request.input()));
    log.begun(run);
    return run;
  }

  private void undo(Run run, Consumer<String> said) {
    if (runs.undo(run, clock.instant())) {
      log.undone(run);
      said.accept(text("run.undone", run.runId(), run.what()));
    }
  }

  /**
   * Only over the very same bytes: a file that changed meanwhile is read from its start, by a run
   * of its own.
   */
  private boolean canBeCarriedOn(Run run, RunRequest request, List<InputFile> files) {
    return run.isSame(request.kind(), request.from(), request.to())
        && RunFiles.areSame(run.input().files(), files)
        && run.policies().equals(policies.current())
        && runs.canBeCarriedOn(run);
  }

  /**
   * {@link UserException} says why it failed, and the run keeps that.
   *
   * @param stopped what is said where the run was stopped
   */
  private void execute(Run run, String stopped) {
    UserException failure;
    try {
      var execution = jobOperator.start(job, RunParameters.of(run));
      // Stopped or cut off behind its last commit, the job may not be completed when the run is.
      if (execution.getStatus() == BatchStatus.COMPLETED || runs.isDone(run)) {
        return;
      }
      failure = failure(execution, stopped);
    } catch (JobExecutionException e) {
      failure = Failures.of(e);
    }
    noteFailure(run, failure.getMessage());
    throw failure;
  }

  private UserException failure(JobExecution execution, String stopped) {
    if (stop.hasLostLock()) {
      return RunLock.lost();
    }
    if (execution.getStatus() == BatchStatus.STOPPED) {
      return new UserException(stopped);
    }
    var failures = execution.getAllFailureExceptions();
    return failures.isEmpty()
        ? new UserException(text("run.ended-as", execution.getStatus(), Failures.seeLog()))
        : Failures.of(failures);
  }

  /**
   * Where the database is out of reach too, the next run notes it: it finds this one unfinished.
   */
  private void noteFailure(Run run, String failure) {
    try {
      runs.fail(run, failure, clock.instant());
    } catch (DataAccessException e) {
      LOG.error("The failure of run {} could not be noted", run.runId(), e);
    }
  }
}
