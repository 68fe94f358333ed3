package io.recredit.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.recredit.export.Voucher.Row;
import io.recredit.wording.Amounts;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;

/** Vouchers as CSV: {@code 1,1,2026-11-20,SEK,3041,100.00,,RETURN,SE,2500,1,4}. */
final class CsvVouchers {

  private static final List<String> COLUMNS =
      List.of(
          "export",
          "voucher",
          "date",
          "currency",
          "account",
          "debit",
          "credit",
          "kind",
          "country",
          "tax_rate",
          "first_entry",
          "last_entry");

  private CsvVouchers() {}

  /**
   * The bytes of the file.
   *
   * @param export its number; "draft" where it has none
   */
  static byte[] write(String export, List<Voucher> vouchers) {
    var text = new StringWriter();
    try (var csv = CsvWriter.builder().build(text)) {
      csv.writeRecord(COLUMNS);
      for (var voucher : vouchers) {
        voucher.rows().forEach(row -> csv.writeRecord(fields(export, voucher, row)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().getBytes(UTF_8);
  }

  private static List<String> fields(String export, Voucher voucher, Row row) {
    var isDebit = row.amount().signum() > 0;
    var amount = amount(row.amount().abs(), voucher.currency());
    return List.of(
        export,
        String.valueOf(voucher.number()),
        voucher.date().toString(),
        voucher.currency(),
        row.account(),
        isDebit ? amount : "",
        isDebit ? "" : amount,
        row.kind().name(),
        Objects.requireNonNullElse(row.country(), Rate.UNKNOWN),
        row.rate().word(),
        String.valueOf(row.firstEntry()),
        String.valueOf(row.lastEntry()));
  }

  private static String amount(BigInteger minorUnits, String currency) {
    return new BigDecimal(minorUnits, Amounts.decimals(currency)).toPlainString();
  }
}
