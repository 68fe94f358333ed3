package io.recredit.resolution;

import static io.recredit.wording.Messages.text;

import org.jspecify.annotations.Nullable;

/**
 * A resolution that somebody asks for.
 *
 * @param place where it stands, for sentences about it: "Row 12" of a file; empty on a command line
 * @param note why
 * @param by who decides it
 * @param knownRun the run whose decision the person has before them; null for the one in force
 */
public record ResolutionRequest(
    String place, String refundId, ResolveAs as, String note, String by, @Nullable Long knownRun) {

  /** A sentence about it, with its place. */
  String said(String sentence) {
    return place.isEmpty() ? sentence : text("resolution.at", place, sentence);
  }

  /** What was done, once it was. */
  String done() {
    return said(
        switch (as.kind()) {
          case WRITTEN_OFF -> text("resolution.done.written-off", refundId);
          case WITHDRAWN -> text("resolution.done.withdrawn", refundId);
          case BY_HAND -> text("resolution.done.by-hand", refundId, as.written());
        });
  }
}
