package io.recredit.resolution;

import io.recredit.resolution.AskedResolution.AskedPart;
import io.recredit.resolution.ResolutionEntry.Kind;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a refund, as people write it: {@code order-1-a}, {@code order-1-a=10.00;
 * order-1-b}, {@code write-off} or {@code withdraw}.
 */
public record ResolveAs(Kind kind, List<AskedPart> parts) {

  public static final ResolveAs WRITE_OFF = new ResolveAs(Kind.WRITTEN_OFF, List.of());
  public static final ResolveAs WITHDRAW = new ResolveAs(Kind.WITHDRAWN, List.of());

  /** Of one cell of a spreadsheet. */
  static ResolveAs parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-')) {
      case "write-off" -> WRITE_OFF;
      case "withdraw" -> WITHDRAW;
      default -> captures(Arrays.asList(text.split(";")));
    };
  }

  public static ResolveAs captures(List<String> texts) {
    return new ResolveAs(
        Kind.BY_HAND,
        texts.stream()
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .map(ResolveAs::part)
            .toList());
  }

  /**
   * An id may hold "=" itself: an amount is what stands behind the last one and is a number. {@link
   * IllegalArgumentException} with a sentence where it is a number that could be read in two ways.
   */
  private static AskedPart part(String text) {
    var equals = text.lastIndexOf('=');
    var amount = equals < 0 ? null : amount(text.substring(equals + 1).strip());
    return amount == null
        ? new AskedPart(text, null)
        : new AskedPart(text.substring(0, equals).strip(), amount);
  }

  private static @Nullable BigDecimal amount(String text) {
    if (text.matches("[0-9]{1,18}([.][0-9]{1,6})?")) {
      return new BigDecimal(text);
    }
    if (text.matches("[-+]?[0-9][0-9.,' \u00a0\u202f]*")) {
      throw new IllegalArgumentException(
          "%s is not an amount as it is written here: digits only, with a point before the decimals, such as 1350.00."
              .formatted(text));
    }
    return null;
  }
}
