package io.recredit.benchmark;

import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The settlement reports of a day's payouts, one of each currency, as the portal writes them: a row
 * of each capture and of each refund, of which every second one names its ids and the others their
 * order and amount only.
 */
final class GeneratedReports implements AutoCloseable {

  private static final Pattern ORDER = Pattern.compile("\"order_id\":\"([^\"]+)\"");
  private static final Pattern CAPTURE = Pattern.compile("\"capture_id\":\"([^\"]+)\"");
  private static final Pattern REFUND = Pattern.compile("\"refund_id\":\"([^\"]+)\"");
  private static final Pattern AMOUNT =
      Pattern.compile("\"(?:captured|refunded)_amount\":([0-9]+)");
  private static final Pattern CURRENCY = Pattern.compile("\"purchase_currency\":\"([A-Z]{3})\"");
  private static final int DECIMALS = 2;

  private final Path folder;
  private final LocalDate date;
  private final Map<String, BufferedWriter> reports = new LinkedHashMap<>();
  private int rows;

  private GeneratedReports(Path folder, LocalDate date) {
    this.folder = folder;
    this.date = date;
  }

  /**
   * Writes them into the day's folder, paid out on the next day.
   *
   * @return how many rows they have
   */
  static int write(Path day, LocalDate date) throws IOException {
    var folder = Files.createDirectories(day.resolve("payouts"));
    try (var reports = new GeneratedReports(folder, date)) {
      reports.addAll(day.resolve("captures-" + date + ".ndjson"), "SALE");
      reports.addAll(day.resolve("refunds-" + date + ".ndjson"), "RETURN");
      return reports.rows;
    }
  }

  private void addAll(Path file, String type) throws IOException {
    try (var lines = Files.newBufferedReader(file)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        add(line, type);
      }
    }
  }

  private void add(String line, String type) throws IOException {
    var currency = said(CURRENCY, line);
    if (currency.isEmpty()) {
      return; // a refund that leaves it to the order's captures
    }
    var named = rows++ % 2 == 0;
    var refund = type.equals("RETURN");
    report(currency)
        .write(
            "%s,%s%s,%s,%s,%s,%s,%s\n"
                .formatted(
                    type,
                    refund ? "-" : "",
                    BigDecimal.valueOf(Long.parseLong(said(AMOUNT, line)), DECIMALS),
                    currency,
                    said(ORDER, line),
                    named && !refund ? said(CAPTURE, line) : "",
                    named ? said(REFUND, line) : "",
                    date));
  }

  private BufferedWriter report(String currency) throws IOException {
    var report = reports.get(currency);
    if (report == null) {
      var paidOn = date.plusDays(1).toString().replace("-", "");
      report =
          Files.newBufferedWriter(
              folder.resolve("%s%s.%2$sT000000+0000.csv".formatted(currency, paidOn)));
      report.write("type,amount,currency_code,order_id,capture_id,refund_id,capture_date\n");
      reports.put(currency, report);
    }
    return report;
  }

  private static String said(Pattern pattern, String line) {
    var found = pattern.matcher(line);
    return found.find() ? found.group(1) : "";
  }

  @Override
  public void close() throws IOException {
    for (var report : reports.values()) {
      report.close();
    }
  }
}
