package io.recredit.job;

import io.recredit.run.Progress;

/** Lets a test do something in the middle of a run, where one of its parts begins or has ended. */
final class Interlude implements Progress {

  static final String DECIDING = "Deciding orders";

  private String at = "";
  private String part = "";
  private Runnable what = () -> {};

  synchronized void whenBegins(String part, Runnable what) {
    at = "begin " + part;
    this.what = what;
  }

  synchronized void whenDone(String part, Runnable what) {
    at = "end " + part;
    this.what = what;
  }

  synchronized void none() {
    at = "";
  }

  @Override
  public synchronized void begin(String what, Unit unit, long total) {
    part = what;
    here("begin " + part);
  }

  @Override
  public void advance(long done) {}

  @Override
  public synchronized void end() {
    here("end " + part);
    part = "";
  }

  private void here(String place) {
    if (place.equals(at)) {
      at = "";
      what.run();
    }
  }
}
