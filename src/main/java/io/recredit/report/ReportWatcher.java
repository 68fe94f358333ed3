package io.recredit.report;

/** Is told how far a report is. */
public interface ReportWatcher {

  /**
   * A part of it begins.
   *
   * @param rows how many it has; 0 where that is not known
   */
  void begin(String what, long rows);

  /** So many more of them are written. */
  void written(long rows);

  /** It is written. */
  void end();
}
