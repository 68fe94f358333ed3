package io.recredit.wording;

import io.recredit.allocation.CaptureState;
import io.recredit.allocation.OrderLine;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A captured reference that a refund's reference nearly is: what usually goes wrong on its way
 * through a shop's systems.
 */
record NearMiss(String wrong, String reference, CaptureState capture, Difference difference) {

  /** What the two are the same but for. */
  enum Difference {
    CASE,
    PRINTS_ALIKE,
    OUTER_SPACES,
    SPACES_AND_CASE,
    CUT_BY_REFUND,
    CUT_BY_CAPTURE,
    LEADING_ZEROS,
    SAME_NAME
  }

  /**
   * Klarna's order lines once allowed references of 64 characters; shops cut at that, on one side
   * only.
   */
  private static final int CUT_AT = 64;

  private static final Pattern ANY_SPACE = Pattern.compile("[\\p{Z}\\s]");
  private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");

  /** Of a line whose reference no capture has. */
  static Optional<NearMiss> of(OrderLine line, List<CaptureState> captures) {
    var wrong = String.valueOf(line.reference());
    for (var capture : captures) {
      for (var captured : new TreeSet<>(capture.references())) {
        var difference = difference(wrong, captured);
        if (difference.isPresent()) {
          return Optional.of(new NearMiss(wrong, captured, capture, difference.get()));
        }
      }
    }
    return ofTheSameName(wrong, line.name(), captures);
  }

  /** An article and its variant are the same goods; where several have the name, none is meant. */
  private static Optional<NearMiss> ofTheSameName(
      String wrong, @Nullable String name, List<CaptureState> captures) {
    var found = new ArrayList<NearMiss>();
    for (var capture : captures) {
      for (var line : capture.capture().orderLines()) {
        if (name != null
            && !name.isBlank()
            && name.equals(line.name())
            && line.reference() != null) {
          found.add(new NearMiss(wrong, line.reference(), capture, Difference.SAME_NAME));
        }
      }
    }
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** As words that follow "the same but for". */
  String words() {
    return switch (difference) {
      case CASE -> Messages.text("near-miss.case");
      case PRINTS_ALIKE ->
          Messages.text(
              "near-miss.prints-alike", codePoints(wrong, reference), codePoints(reference, wrong));
      case OUTER_SPACES -> Messages.text("near-miss.outer-spaces");
      case SPACES_AND_CASE -> Messages.text("near-miss.spaces-and-case");
      case CUT_BY_REFUND -> Messages.text("near-miss.cut-by-refund", CUT_AT);
      case CUT_BY_CAPTURE -> Messages.text("near-miss.cut-by-capture", CUT_AT);
      case LEADING_ZEROS -> Messages.text("near-miss.leading-zeros");
      case SAME_NAME -> Messages.text("near-miss.same-name");
    };
  }

  private static Optional<Difference> difference(String wrong, String captured) {
    if (wrong.equalsIgnoreCase(captured)) {
      return Optional.of(Difference.CASE);
    }
    if (seen(wrong).equals(seen(captured)) && !squeeze(wrong).equals(squeeze(captured))) {
      return Optional.of(Difference.PRINTS_ALIKE);
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

  /** As it looks: composed, without what does not show, every kind of space a plain one. */
  private static String seen(String text) {
    return INVISIBLE
        .matcher(ANY_SPACE.matcher(Normalizer.normalize(text, Form.NFC)).replaceAll(" "))
        .replaceAll("")
        .strip();
  }

  /** "U+00A0": those of a text between what both texts begin and end with; "none". */
  private static String codePoints(String text, String other) {
    var one = text.codePoints().toArray();
    var two = other.codePoints().toArray();
    var shorter = Math.min(one.length, two.length);
    var begin = 0;
    while (begin < shorter && one[begin] == two[begin]) {
      begin++;
    }
    var end = 0;
    while (end < shorter - begin && one[one.length - 1 - end] == two[two.length - 1 - end]) {
      end++;
    }
    var between =
        Arrays.stream(one, begin, one.length - end)
            .mapToObj(point -> String.format(Locale.ROOT, "U+%04X", point))
            .toList();
    return between.isEmpty() ? Messages.text("near-miss.nothing") : Phrases.listed(between, p -> p);
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
