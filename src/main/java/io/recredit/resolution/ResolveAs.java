package io.recredit.resolution;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a refund, as people write it: {@code order-1-a}, {@code order-1-a=10.00;
 * order-1-b}, {@code write-off} or {@code withdraw}.
 *
 * @param parts by hand: the captures it goes to; otherwise empty
 */
public record ResolveAs(ResolutionKind kind, List<Part> parts) {

  public static final ResolveAs WRITE_OFF = new ResolveAs(ResolutionKind.WRITTEN_OFF, List.of());
  public static final ResolveAs WITHDRAW = new ResolveAs(ResolutionKind.WITHDRAWN, List.of());

  /**
   * A capture that is to get a part.
   *
   * @param capture its id, or the number of its invoice
   * @param amount as people write it, 99.99; null for what the others leave
   */
  public record Part(String capture, @Nullable BigDecimal amount) {

    private String written() {
      return amount == null ? capture : capture + " (" + amount.toPlainString() + ")";
    }
  }

  public ResolveAs {
    parts = List.copyOf(parts);
  }

  /** Of one cell of a spreadsheet; {@link UserException} where it cannot be understood. */
  static ResolveAs parse(String cell) {
    return switch (cell.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-')) {
      case "write-off" -> WRITE_OFF;
      case "withdraw" -> WITHDRAW;
      default -> captures(Arrays.asList(cell.split(";")));
    };
  }

  /** By hand, {@code ID} or {@code ID=AMOUNT} each; the same. */
  public static ResolveAs captures(List<String> parts) {
    return new ResolveAs(
        ResolutionKind.BY_HAND,
        parts.stream()
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .map(ResolveAs::part)
            .toList());
  }

  /** An id may hold "=" itself: an amount is what stands behind the last one and is a number. */
  private static Part part(String written) {
    var equals = written.lastIndexOf('=');
    var amount = equals < 0 ? null : amount(written.substring(equals + 1).strip());
    return amount == null
        ? new Part(written, null)
        : new Part(written.substring(0, equals).strip(), amount);
  }

  /** One that could be read in two ways is refused. */
  private static @Nullable BigDecimal amount(String written) {
    if (written.matches("[0-9]{1,18}([.][0-9]{1,6})?")) {
      return new BigDecimal(written);
    }
    if (written.matches("[-+]?[0-9][0-9.,' \u00a0\u202f]*")) {
      throw new UserException(text("resolution.amount.ambiguous", written));
    }
    return null;
  }

  /** "A (10.50), B". */
  String written() {
    return parts.stream().map(Part::written).collect(Collectors.joining(", "));
  }
}
