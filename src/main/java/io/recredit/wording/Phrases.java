package io.recredit.wording;

import io.recredit.allocation.Capture;
import io.recredit.allocation.CaptureState;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Refund;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parts that sentences share. Lists are cut after a few, so that a sentence stays one. */
public final class Phrases {

  private static final int MOST_NAMED = 4;
  private static final int LONGEST_NAME = 60;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss z", Locale.ROOT);

  private static final DateTimeFormatter EXACT_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS z", Locale.ROOT);

  /** Nothing of it means anything to a shell. */
  private static final Pattern ONE_WORD = Pattern.compile("[A-Za-z0-9._:/=@%+-]+");

  private Phrases() {}

  /** "2026-11-20 13:35:00 UTC". */
  public static String time(Instant time, ZoneId timeZone) {
    return TIME.format(time.atZone(timeZone));
  }

  /** The same beside another time: to the microsecond where the two would read alike. */
  public static String time(Instant time, ZoneId timeZone, Instant beside) {
    return !time.equals(beside) && time(time, timeZone).equals(time(beside, timeZone))
        ? EXACT_TIME.format(time.atZone(timeZone))
        : time(time, timeZone);
  }

  public static String quoted(String reference) {
    return '"' + reference + '"';
  }

  /** As a shell takes it for one word. */
  public static String pasted(String word) {
    return ONE_WORD.matcher(word).matches() && !word.startsWith("-")
        ? word
        : "'" + word.replace("'", "'\\''") + "'";
  }

  /** "capture A (invoice K-1)", so that it can be found by either. */
  public static String capture(Capture capture) {
    return capture.invoiceReference().equals(capture.captureId())
        ? Messages.text("phrase.capture", capture.captureId())
        : Messages.text("phrase.capture-invoice", capture.captureId(), capture.invoiceReference());
  }

  static String captureIds(List<CaptureState> captures) {
    return listed(captures, CaptureState::captureId);
  }

  /** "80.00 SEK on capture A, 20.00 SEK on capture B", those with room only. */
  static String room(List<CaptureState> captures) {
    var withRoom = captures.stream().filter(capture -> capture.room() > 0).toList();
    return withRoom.isEmpty()
        ? Messages.text("phrase.no-room")
        : listed(
            withRoom,
            state ->
                Messages.text(
                    "phrase.amount-on",
                    Amounts.format(state.room(), state.capture().purchaseCurrency()),
                    capture(state.capture())));
  }

  /** "order line 2 (Sneakers, 100.00 SEK)". */
  static String line(Refund refund, OrderLine line, @Nullable String currency) {
    var number = refund.orderLines().indexOf(line) + 1;
    var amount = Amounts.format(line.totalAmount(), currency);
    return line.name() == null
        ? Messages.text("phrase.line", number, amount)
        : Messages.text("phrase.line-named", number, shortened(line.name()), amount);
  }

  public static <T> String listed(List<T> items, Function<T, String> name) {
    var named = String.join(", ", items.stream().limit(MOST_NAMED).map(name).toList());
    return items.size() > MOST_NAMED
        ? Messages.text("phrase.and-more", named, items.size() - MOST_NAMED)
        : named;
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
