package io.recredit.resolution;

import static io.recredit.wording.Messages.text;

import org.jspecify.annotations.Nullable;

/**
 * A resolution that somebody asks for.
 *
 * @param place where it stands, for sentences about it: "Row 12" of a file; empty on a command line
 * @param note why
 * @param by who decides it
 * @param seen what the person had before them; null for what is in force
 */
public record ResolutionRequest(
    String place, String refundId, ResolveAs as, String note, String by, @Nullable Seen seen) {

  /** A sentence about it, with its place. */
  String said(String sentence) {
    return place.isEmpty() ? sentence : text("resolution.at", place, sentence);
  }

  ResolutionRequest with(ResolveAs as) {
    return new ResolutionRequest(place, refundId, as, note, by, seen);
  }

  /** What was done, once it was. */
  String done() {
    return said(
        switch (as.kind()) {
          case WRITTEN_OFF -> text("resolution.done.written-off", refundId);
          case WITHDRAWN -> text("resolution.done.withdrawn", refundId);
          case BY_HAND -> byHand();
        });
  }

  private String byHand() {
    if (as.isProposed()) {
      return text("resolution.done.as-proposed", refundId);
    }
    return as.writeOff() == null
        ? text("resolution.done.by-hand", refundId, as.written())
        : text("resolution.done.in-part", refundId, as.written());
  }
}
