package io.recredit.store;

/** The run is in the hands of another process; the message says so, for a person. */
public final class TakenOver extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public TakenOver(long runId) {
    super(
        "Run %d was taken over by another process, because this one lost its connection to the database. Nothing is left to be done here."
            .formatted(runId));
  }
}
