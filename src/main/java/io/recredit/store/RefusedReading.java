package io.recredit.store;

/** A file's reading that must not count; the message says which and why, for a person. */
public final class RefusedReading extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RefusedReading(String message) {
    super(message);
  }
}
