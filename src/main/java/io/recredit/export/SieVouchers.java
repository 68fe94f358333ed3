package io.recredit.export;

import static io.recredit.wording.Messages.text;

import io.recredit.settings.Settings;
import io.recredit.wording.Amounts;
import io.recredit.wording.UserException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Vouchers as SIE 4, type 4I: what other programs hand to a Swedish ledger, which gives the
 * vouchers their numbers (SIE-Gruppen, file format SIE, 4C).
 */
final class SieVouchers {

  private static final int DECIMALS = 2;
  private static final int LONGEST_TEXT = 50;
  private static final Charset PC8 = Charset.forName("IBM437");
  private static final String OWN_CURRENCY = "SEK";

  private final Settings settings;
  private final StringBuilder lines = new StringBuilder();
  private final CharsetEncoder encoder = PC8.newEncoder();

  private SieVouchers(Settings settings) {
    this.settings = settings;
  }

  /**
   * The bytes of the file; {@link UserException} where SIE cannot say it.
   *
   * @param export its number; null where it has none
   * @param madeOn the day of it
   */
  static byte[] write(
      @Nullable Long export, LocalDate madeOn, List<Voucher> vouchers, Settings settings) {
    var currency = currency(vouchers);
    mustBeOfOneYear(vouchers, settings.lastDayOfYear());
    mustHaveNumbers(vouchers);
    var file = new SieVouchers(settings);
    file.head(madeOn, currency);
    vouchers.forEach(voucher -> file.voucher(export, voucher));
    return file.lines.toString().getBytes(PC8);
  }

  private static String currency(List<Voucher> vouchers) {
    var currencies = new TreeSet<>(vouchers.stream().map(Voucher::currency).toList());
    if (currencies.size() > 1) {
      throw new UserException(text("export.sie.currencies", String.join(", ", currencies)));
    }
    var currency = currencies.first();
    if (Amounts.decimals(currency) != DECIMALS) {
      throw new UserException(text("export.sie.decimals", currency, Amounts.decimals(currency)));
    }
    return currency;
  }

  private static void mustBeOfOneYear(List<Voucher> vouchers, MonthDay lastDay) {
    var first = vouchers.get(0).date();
    var last = vouchers.get(vouchers.size() - 1).date();
    var yearEnd = lastDay.atYear(first.getYear());
    var end = first.isAfter(yearEnd) ? lastDay.atYear(first.getYear() + 1) : yearEnd;
    if (last.isAfter(end)) {
      throw new UserException(text("export.sie.years", first, last, end));
    }
  }

  private static void mustHaveNumbers(List<Voucher> vouchers) {
    vouchers.stream()
        .flatMap(voucher -> voucher.rows().stream())
        .map(Voucher.Row::account)
        .filter(account -> !account.matches("\\d+"))
        .findFirst()
        .ifPresent(
            account -> {
              throw new UserException(text("export.sie.account", account));
            });
  }

  private void head(LocalDate madeOn, String currency) {
    var company = settings.companyName();
    if (company == null) {
      throw new UserException(text("export.sie.no-company"));
    }
    line("#FLAGGA 0");
    line("#PROGRAM \"Recredit\" " + quoted(settings.version()));
    line("#FORMAT PC8");
    line("#GEN " + day(madeOn));
    line("#SIETYP 4");
    if (settings.companyNumber() != null) {
      line("#ORGNR " + quoted(settings.companyNumber()));
    }
    line("#FNAMN " + quoted(company));
    if (!currency.equals(OWN_CURRENCY)) {
      line("#VALUTA " + currency);
    }
  }

  private void voucher(@Nullable Long export, Voucher of) {
    var byAccount = new TreeMap<String, BigInteger>();
    of.rows().forEach(row -> byAccount.merge(row.account(), row.amount(), BigInteger::add));
    byAccount.values().removeIf(amount -> amount.signum() == 0);
    if (byAccount.isEmpty()) {
      return;
    }
    line(
        "#VER %s \"\" %s %s"
            .formatted(quoted(settings.voucherSeries()), day(of.date()), quoted(said(export, of))));
    line("{");
    byAccount.forEach(
        (account, amount) ->
            line(
                "#TRANS %s {} %s"
                    .formatted(account, new BigDecimal(amount, DECIMALS).toPlainString())));
    line("}");
  }

  /** At most 50 characters: that is what ledgers keep. */
  private static String said(@Nullable Long export, Voucher of) {
    var entries =
        of.firstEntry() == of.lastEntry()
            ? String.valueOf(of.firstEntry())
            : of.firstEntry() + "-" + of.lastEntry();
    var said =
        export == null
            ? text("export.sie.draft", entries)
            : text("export.sie.voucher", export, entries);
    return said.substring(0, Math.min(said.length(), LONGEST_TEXT));
  }

  private static String day(LocalDate day) {
    return DateTimeFormatter.BASIC_ISO_DATE.format(day);
  }

  private String quoted(String text) {
    var plain = new ArrayList<String>();
    text.codePoints().forEach(c -> plain.add(inPc8(Character.toString(c))));
    return "\"" + String.join("", plain).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** What the code page lacks is spelled without its accent, or is a question mark. */
  private String inPc8(String character) {
    if (Character.isISOControl(character.codePointAt(0))) {
      return " ";
    }
    if (encoder.canEncode(character)) {
      return character;
    }
    var base = Normalizer.normalize(character, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    return !base.isEmpty() && encoder.canEncode(base) ? base : "?";
  }

  /** Lines end as the format's own examples do. */
  private void line(String line) {
    lines.append(line).append("\r\n");
  }
}
