package io.recredit.run;

/** Where a run says how far it is. Called from the threads that do the work. */
public interface Progress {

  /**
   * A part of the run begins.
   *
   * @param total how much there is to do in it; 0 where that is not known
   */
  void begin(String what, Unit unit, long total);

  /** So much more of it is done. */
  void advance(long done);

  /** It is done. */
  void end();

  /** What is counted. */
  enum Unit {
    BYTES,
    ORDERS,
    ROWS
  }
}
