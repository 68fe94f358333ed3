package io.recredit.resolution;

import static io.recredit.wording.Messages.text;

import io.recredit.table.Blanks;
import io.recredit.wording.UserException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a refund, as people write it: {@code order-1-a}, {@code order-1-a=10.00;
 * order-1-b}, {@code order-1-a; write-off=5.00}, {@code write-off}, {@code withdraw}, or {@code ok}
 * for what is proposed.
 *
 * @param captures by hand: {@code ID} or {@code ID=AMOUNT} each, as written; otherwise empty
 * @param writeOff what goes on no invoice; null where all of it is on one
 * @param isProposed whether it is what the report proposes, whatever that is
 */
public record ResolveAs(
    ResolutionKind kind, List<String> captures, @Nullable WriteOff writeOff, boolean isProposed) {

  public static final ResolveAs WRITE_OFF = of(List.of(), new WriteOff(null));
  public static final ResolveAs WITHDRAW =
      new ResolveAs(ResolutionKind.WITHDRAWN, List.of(), null, false);
  public static final ResolveAs AS_PROPOSED =
      new ResolveAs(ResolutionKind.BY_HAND, List.of(), null, true);

  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,18}([.,][0-9]{1,6})?");
  private static final Pattern LOOKS_LIKE_AMOUNT =
      Pattern.compile("[-+]?[0-9][0-9.,' \u00a0\u202f]*");
  private static final Pattern WRITE_OFF_PART =
      Pattern.compile("write[-_ ]?off(?:\\s*=(.*))?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /**
   * A capture that is to get a part.
   *
   * @param capture its id, or the number of its invoice
   * @param amount with the decimals that were written; null for what the others leave
   */
  record Part(String capture, @Nullable BigDecimal amount) {

    private String written() {
      return amount == null ? capture : capture + " (" + amount.toPlainString() + ")";
    }
  }

  /**
   * That something goes on no invoice.
   *
   * @param amount null for what the captures leave
   */
  public record WriteOff(@Nullable BigDecimal amount) {

    /** {@link UserException} where it is no amount. */
    public static WriteOff of(String written) {
      var stripped = Blanks.strip(written);
      var amount = stripped.isEmpty() ? null : ResolveAs.amount(stripped);
      if (amount == null && !stripped.isEmpty()) {
        throw new UserException(text("resolution.amount.ambiguous", stripped));
      }
      return new WriteOff(amount);
    }
  }

  public ResolveAs {
    captures = List.copyOf(captures);
  }

  /** Of one cell of a spreadsheet; {@link UserException} where it cannot be understood. */
  static ResolveAs parse(String cell) {
    return switch (Blanks.strip(cell).toLowerCase(Locale.ROOT)) {
      case "ok" -> AS_PROPOSED;
      case "withdraw" -> WITHDRAW;
      default -> parts(Arrays.asList(cell.split(";")));
    };
  }

  private static ResolveAs parts(List<String> written) {
    var captures = new ArrayList<String>();
    WriteOff writeOff = null;
    for (var one : written) {
      var writesOff = WRITE_OFF_PART.matcher(Blanks.strip(one));
      if (!writesOff.matches()) {
        captures.add(one);
      } else if (writeOff == null) {
        writeOff =
            WriteOff.of(String.valueOf(writesOff.group(1) == null ? "" : writesOff.group(1)));
      } else {
        throw new UserException(text("resolution.write-off.twice"));
      }
    }
    return of(captures, writeOff);
  }

  /**
   * On captures, {@code ID} or {@code ID=AMOUNT} each, and on none; {@link UserException} where an
   * amount could be read in two ways.
   *
   * @param writeOff null where nothing is written off
   */
  public static ResolveAs of(List<String> captures, @Nullable WriteOff writeOff) {
    var named = captures.stream().filter(one -> !Blanks.strip(one).isEmpty()).toList();
    var kind =
        named.isEmpty() && writeOff != null ? ResolutionKind.WRITTEN_OFF : ResolutionKind.BY_HAND;
    var as = new ResolveAs(kind, named, writeOff, false);
    // What it names is known later; that each amount is one is known now.
    as.parts(name -> false);
    return as;
  }

  /** Whether it says nothing. */
  boolean isEmpty() {
    return captures.isEmpty() && kind == ResolutionKind.BY_HAND && !isProposed;
  }

  /**
   * What each capture is to get. An id may hold what stands between parts, and between a part and
   * its amount: the longest that is a name is taken for one.
   */
  List<Part> parts(Predicate<String> isName) {
    var parts = new ArrayList<Part>();
    for (var from = 0; from < captures.size(); ) {
      var to = captures.size();
      while (to > from + 1 && !isPart(joined(from, to), isName)) {
        to--;
      }
      parts.add(part(joined(from, to), isName));
      from = to;
    }
    return parts;
  }

  private String joined(int from, int to) {
    return String.join(";", captures.subList(from, to));
  }

  private static boolean isPart(String written, Predicate<String> isName) {
    return isName.test(written) || isName.test(part(written, isName).capture());
  }

  private static Part part(String written, Predicate<String> isName) {
    var name = name(written, isName);
    var equals = written.lastIndexOf('=');
    if (equals < 0 || isName.test(name)) {
      return new Part(name, null);
    }
    var amount = amount(Blanks.strip(written.substring(equals + 1)));
    return amount == null
        ? new Part(name, null)
        : new Part(name(written.substring(0, equals), isName), amount);
  }

  /** An id may begin or end with a blank. */
  private static String name(String written, Predicate<String> isName) {
    return isName.test(written) ? written : Blanks.strip(written);
  }

  /** Null where it is none; one that could be read in two ways is refused. */
  static @Nullable BigDecimal amount(String written) {
    if (AMOUNT.matcher(written).matches()) {
      return new BigDecimal(written.replace(',', '.'));
    }
    if (LOOKS_LIKE_AMOUNT.matcher(written).matches()) {
      throw new UserException(text("resolution.amount.ambiguous", written));
    }
    return null;
  }

  /** "A (10.50), B". */
  String written() {
    return parts(name -> false).stream().map(Part::written).collect(Collectors.joining(", "));
  }
}
