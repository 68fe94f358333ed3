package io.recredit.run;

/** How a command's runs ended. */
public sealed interface RunResult {

  /** All finished, proved and shown. */
  record Done() implements RunResult {}

  /** One failed or was stopped; the same command carries it on. */
  record Failed(String sentence) implements RunResult {}

  /** Another run is at work on this database; nothing was done. */
  record Busy(String sentence) implements RunResult {}
}
