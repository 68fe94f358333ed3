package io.recredit.app;

import static io.recredit.wording.Messages.text;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Who decided something, and why, for commands that keep it. */
final class NoteOptions {

  private static final String NOTE = "--note";
  private static final String BY = "--by";

  @Option(
      names = NOTE,
      paramLabel = "TEXT",
      description = "Why; with resolve --file, of rows that have none.")
  private String note = "";

  @Option(
      names = BY,
      paramLabel = "NAME",
      description = "Who decides it; with resolve --file, of rows that have none.")
  private String by = "";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Empty where it was not given. */
  String note() {
    return note.strip();
  }

  /** Empty where it was not given. */
  String by() {
    return by.strip();
  }

  void mustBeGiven() {
    mustBeGiven(NOTE, note);
    byMustBeGiven();
  }

  void byMustBeGiven() {
    mustBeGiven(BY, by);
  }

  private void mustBeGiven(String option, String value) {
    if (value.isBlank()) {
      throw new ParameterException(spec.commandLine(), text("app.note.missing", option));
    }
  }
}
