package io.recredit.app;

import java.util.concurrent.Callable;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What commands share that work on the database. */
@Command(mixinStandardHelpOptions = true)
abstract class DatabaseCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    checkCommandLine();
    return Startup.with(
        new Startup.Command(
            spec.commandLine().getCommandName(),
            role(),
            readsOnly(),
            runs(),
            isNight(),
            this::run));
  }

  /** Says what is {@link #wrong} with the command line before anything starts. */
  void checkCommandLine() {}

  /** Whose rights it needs. */
  Role role() {
    return Role.JOB;
  }

  /** Whether it takes the tables as they are, and does not bring them along. */
  boolean readsOnly() {
    return false;
  }

  /** Whether it makes runs, whose metrics are written when it ends, however it does. */
  boolean runs() {
    return false;
  }

  /** Whether these are the runs that whoever watches waits for. */
  boolean isNight() {
    return false;
  }

  /**
   * The work, with everything up.
   *
   * @return the exit code; a {@link io.recredit.wording.UserException} has its own
   */
  abstract int run(BeanFactory beans);

  final ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
