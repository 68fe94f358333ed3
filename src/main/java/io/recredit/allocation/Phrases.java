package io.recredit.allocation;

import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The parts of sentences that explanations share. Lists are cut after a few, so that a sentence
 * stays one.
 */
public final class Phrases {

  private static final int MOST_NAMED = 4;
  private static final int LONGEST_NAME = 60;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss z", Locale.ROOT);

  private Phrases() {}

  /** "2026-11-20 13:35:00 UTC". */
  public static String time(Instant time, ZoneId timeZone) {
    return TIME.format(time.atZone(timeZone));
  }

  static String time(Instant time, OrderAt at) {
    return time(time, at.timeZone());
  }

  static String refundedAt(OrderAt at) {
    return time(at.refund().refundedAt(), at);
  }

  static String money(OrderAt at, long minorUnits) {
    return Amounts.format(minorUnits, at.currency());
  }

  static String money(OrderAt at, BigInteger minorUnits) {
    return Amounts.format(minorUnits, at.currency());
  }

  public static String quoted(String reference) {
    return '"' + reference + '"';
  }

  /** "capture A (invoice K-1)", so that it can be found by either. */
  public static String capture(Capture capture) {
    return capture.invoiceReference().equals(capture.captureId())
        ? "capture " + capture.captureId()
        : "capture " + capture.captureId() + " (invoice " + capture.invoiceReference() + ")";
  }

  static String captures(List<CaptureAccount> accounts) {
    return listed(accounts, account -> account.capture().captureId());
  }

  /** "80.00 SEK on capture A, 20.00 SEK on capture B", those with room only. */
  static String room(List<CaptureAccount> accounts) {
    var withRoom = accounts.stream().filter(account -> account.room() > 0).toList();
    return withRoom.isEmpty()
        ? "nothing"
        : listed(
            withRoom,
            account ->
                Amounts.format(account.room(), account.capture().purchaseCurrency())
                    + " on "
                    + capture(account.capture()));
  }

  /** "order line 2 (Sneakers, 100.00 SEK)". */
  static String line(OrderAt at, OrderLine line) {
    var amount = Amounts.format(line.totalAmount(), at.orderCurrency());
    var number = "order line " + (at.refund().orderLines().indexOf(line) + 1);
    return line.name() == null
        ? number + " (" + amount + ")"
        : number + " (" + shortened(line.name()) + ", " + amount + ")";
  }

  public static <T> String listed(List<T> items, Function<T, String> name) {
    var named = String.join(", ", items.stream().limit(MOST_NAMED).map(name).toList());
    return items.size() > MOST_NAMED
        ? named + " and " + (items.size() - MOST_NAMED) + " more"
        : named;
  }

  public static String counted(int number, String thing) {
    return number + " " + (number == 1 ? thing : thing + "s");
  }

  public static String capitalized(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }

  private static String shortened(String name) {
    return name.codePointCount(0, name.length()) <= LONGEST_NAME
        ? name.strip()
        : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME)).strip() + "…";
  }
}
