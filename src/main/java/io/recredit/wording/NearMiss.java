package io.recredit.wording;

import io.recredit.allocation.CaptureState;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A captured reference that a refund's reference nearly is: what usually goes wrong on its way
 * through a shop's systems.
 */
record NearMiss(String reference, CaptureState capture, Difference difference) {

  /** What the two are the same but for. */
  enum Difference {
    CASE,
    OUTER_SPACES,
    SPACES_AND_CASE,
    CUT_BY_REFUND,
    CUT_BY_CAPTURE,
    LEADING_ZEROS
  }

  /**
   * Klarna's order lines once allowed references of 64 characters; shops cut at that, on one side
   * only.
   */
  private static final int CUT_AT = 64;

  static Optional<NearMiss> of(String wrong, List<CaptureState> captures) {
    for (var capture : captures) {
      for (var captured : new TreeSet<>(capture.references())) {
        var difference = difference(wrong, captured);
        if (difference.isPresent()) {
          return Optional.of(new NearMiss(captured, capture, difference.get()));
        }
      }
    }
    return Optional.empty();
  }

  /** As words that follow "the same but for". */
  String words() {
    return switch (difference) {
      case CASE -> Messages.text("near-miss.case");
      case OUTER_SPACES -> Messages.text("near-miss.outer-spaces");
      case SPACES_AND_CASE -> Messages.text("near-miss.spaces-and-case");
      case CUT_BY_REFUND -> Messages.text("near-miss.cut-by-refund", CUT_AT);
      case CUT_BY_CAPTURE -> Messages.text("near-miss.cut-by-capture", CUT_AT);
      case LEADING_ZEROS -> Messages.text("near-miss.leading-zeros");
    };
  }

  private static Optional<Difference> difference(String wrong, String captured) {
    if (wrong.equalsIgnoreCase(captured)) {
      return Optional.of(Difference.CASE);
    }
    if (wrong.strip().equals(captured.strip())) {
      return Optional.of(Difference.OUTER_SPACES);
    }
    if (squeeze(wrong).equalsIgnoreCase(squeeze(captured))) {
      return Optional.of(Difference.SPACES_AND_CASE);
    }
    if (isCut(wrong, captured)) {
      return Optional.of(Difference.CUT_BY_REFUND);
    }
    if (isCut(captured, wrong)) {
      return Optional.of(Difference.CUT_BY_CAPTURE);
    }
    return withoutZeros(wrong).equals(withoutZeros(captured))
        ? Optional.of(Difference.LEADING_ZEROS)
        : Optional.empty();
  }

  private static String squeeze(String text) {
    return text.replaceAll("\\s+", "");
  }

  private static boolean isCut(String shorter, String longer) {
    return shorter.codePointCount(0, shorter.length()) == CUT_AT && longer.startsWith(shorter);
  }

  private static String withoutZeros(String text) {
    return text.replaceFirst("^0+(?=.)", "");
  }
}
