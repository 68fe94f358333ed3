package io.recredit.payout;

import static io.recredit.wording.Messages.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.recredit.feed.RawText;
import io.recredit.feed.Texts;
import io.recredit.payout.Value.Form;
import io.recredit.wording.Amounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Takes values out of a row, and keeps what is wrong with them. */
final class RowCheck {

  private static final int MAX_CHARACTERS = 255;
  private static final int QUOTED_CHARACTERS = 60;

  private final Said said;
  private final List<String> faults = new ArrayList<>();

  RowCheck(Said said) {
    this.said = said;
  }

  boolean isSound() {
    return faults.isEmpty();
  }

  RejectedRow rejected() {
    return new RejectedRow(said.row(), String.join(" ", faults), said.raw());
  }

  /**
   * The text under the first of the names that has a value; null where none has, or a wrong one.
   */
  @Nullable String anyText(Name... names) {
    var name = said.firstOf(List.of(names));
    var value = name == null ? null : said.value(name);
    if (name == null || value == null) {
      return null;
    }
    if (value.form() == Form.OTHER) {
      return wrongText(name.text(), value, text("feed.value.identifier"));
    }
    var written = value.text();
    return switch (Texts.check(written)) {
      case NUL -> wrongText(name.text(), value, text("feed.value.nul"));
      case ILL_FORMED -> wrongText(name.text(), value, text("feed.value.half-character"));
      case GOOD ->
          written.length() > MAX_CHARACTERS
                  && written.codePointCount(0, written.length()) > MAX_CHARACTERS
              ? wrongText(name.text(), value, text("feed.value.too-long", MAX_CHARACTERS))
              : written;
    };
  }

  @Nullable String capitals(Name name) {
    var written = anyText(name);
    return written == null ? null : written.toUpperCase(Locale.ROOT);
  }

  /** In capitals; null where none is said, or a wrong one. */
  @Nullable String currency() {
    var name = said.firstOf(Name.CURRENCIES);
    var value = name == null ? null : said.value(name);
    if (name == null || value == null) {
      return null;
    }
    return value.form() != Form.OTHER && Texts.isLetters(value.text(), 3)
        ? value.text().toUpperCase(Locale.ROOT)
        : wrongText(name.text(), value, text("feed.value.currency"));
  }

  @Nullable Long amount(Name name, @Nullable String currency) {
    var value = said.value(name);
    return value == null ? null : amount(name.text(), value, currency);
  }

  @Nullable Long amount(Total total, @Nullable String currency) {
    var value = said.value(total);
    return value == null ? null : amount(total.column(), value, currency);
  }

  /** In minor units; where the currency is unknown only its form is looked at. */
  private @Nullable Long amount(String name, Value value, @Nullable String currency) {
    if (value.form() == Form.WHOLE) {
      return within64Bits(name, value, Amount.wholeNumber(value.text()));
    }
    if (value.form() != Form.WRITTEN) {
      return wrongAmount(name, value, text("feed.value.whole-number"));
    }
    var decimals = Amount.decimals(value.text());
    if (decimals < 0) {
      return wrongAmount(name, value, text("payout.value.amount"));
    }
    if (currency == null) {
      return null;
    }
    var most = Amounts.decimals(currency);
    return decimals > most
        ? wrongAmount(name, value, text("payout.value.decimals", currency, most))
        : within64Bits(name, value, Amount.minorUnits(value.text(), most - decimals));
  }

  private @Nullable Long within64Bits(String name, Value value, @Nullable Long amount) {
    return amount == null
        ? wrongAmount(name, value, text("feed.value.between", -Long.MAX_VALUE, Long.MAX_VALUE))
        : amount;
  }

  @Nullable Instant time(Name name) {
    var value = said.value(name);
    return value == null || value.form() == Form.OTHER ? null : ReportDate.moment(value.text());
  }

  @Nullable ReportDate date(Name name) {
    var value = said.value(name);
    return value == null || value.form() == Form.OTHER
        ? null
        : ReportDate.parse(value.text()).orElse(null);
  }

  void mustHave(Name name) {
    if (said.value(name) == null) {
      faults.add(text("feed.field.missing", name.text()));
    }
  }

  private void wrong(String name, Value value, String expected) {
    var bytes = value.text().getBytes(UTF_8);
    var quoted = RawText.of(bytes, 0, bytes.length, QUOTED_CHARACTERS);
    var isCut = RawText.characters(bytes, 0, bytes.length) > QUOTED_CHARACTERS;
    faults.add(text("feed.value.wrong", name, isCut ? quoted + "…" : quoted, expected));
  }

  private @Nullable String wrongText(String name, Value value, String expected) {
    wrong(name, value, expected);
    return null;
  }

  private @Nullable Long wrongAmount(String name, Value value, String expected) {
    wrong(name, value, expected);
    return null;
  }
}
