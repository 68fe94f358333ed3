package io.recredit.allocation;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A captured reference that a refund's reference nearly is: what usually goes wrong on its way
 * through a shop's systems.
 *
 * @param difference as words that follow "the same but for"
 */
record NearMiss(String reference, CaptureAccount account, String difference) {

  /**
   * Klarna's order lines allow references of 64 characters; shops cut at that, on one side only.
   */
  private static final int CUT_AT = 64;

  static Optional<NearMiss> of(String wrong, List<CaptureAccount> accounts) {
    for (var account : accounts) {
      for (var captured : new TreeSet<>(account.references())) {
        var difference = difference(wrong, captured);
        if (difference.isPresent()) {
          return Optional.of(new NearMiss(captured, account, difference.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> difference(String wrong, String captured) {
    if (wrong.equalsIgnoreCase(captured)) {
      return Optional.of("upper and lower case");
    }
    if (wrong.strip().equals(captured.strip())) {
      return Optional.of("spaces before or after it");
    }
    if (squeeze(wrong).equalsIgnoreCase(squeeze(captured))) {
      return Optional.of("spaces, and upper and lower case");
    }
    if (isCut(wrong, captured)) {
      return Optional.of("the end, which the refund cut at " + CUT_AT + " characters");
    }
    if (isCut(captured, wrong)) {
      return Optional.of("the end, which the capture cut at " + CUT_AT + " characters");
    }
    if (withoutZeros(wrong).equals(withoutZeros(captured))) {
      return Optional.of("leading zeros");
    }
    return Optional.empty();
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
