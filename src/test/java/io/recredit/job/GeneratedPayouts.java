package io.recredit.job;

import io.recredit.job.PayoutReport.Date;
import io.recredit.job.PayoutReport.Part;
import io.recredit.job.PayoutReport.Row;
import io.recredit.job.PayoutReport.Totals;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Settlement reports over the orders of a feed, in a few versions each: with the ids of what is
 * paid out, with others, or without; with right totals and wrong ones; some files of one payout,
 * some with many, some no report at all.
 */
final class GeneratedPayouts {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int VERSIONS = 3;

  /** A file, and what each of its versions is of. */
  private record Kind(
      String name,
      boolean isJson,
      List<String> payouts,
      @Nullable Long offset,
      boolean hasTransactions,
      boolean hasTotals) {}

  private static final List<Kind> KINDS =
      List.of(
          csv("P1.20261121T000000+0000.csv", "P1"),
          csv("P1.20261121T000000+0000.b.csv", "P1"),
          csv("P2.20261204T000000+0000.csv", "P2"),
          new Kind("P3.20261207T000000+0000.json", true, List.of("P3"), null, true, true),
          page("pages-1.json", 0),
          page("pages-2.json", 100),
          page("pages-2b.json", 100),
          new Kind(
              "several.csv",
              false,
              List.of("P1", "P5", "\uff5e", "\ud83d\ude00"),
              null,
              true,
              true),
          new Kind("several-2.csv", false, List.of("P4", "P1"), null, true, false),
          new Kind("several.json", true, List.of("P2", "P4", "P6"), null, false, true),
          csv("nobody.csv", "p8"),
          csv("p7.20261123T000000+0000.csv", "p7"));

  private static Kind csv(String name, String payout) {
    return new Kind(name, false, List.of(payout), null, true, true);
  }

  private static Kind page(String name, long offset) {
    return new Kind(name, true, List.of("P4"), offset, true, false);
  }

  private final Random random;
  private final List<FeedRecord> refunds;
  private final List<FeedRecord> captures;
  private final Map<String, String> shops = new HashMap<>();
  private final Map<String, String> currencies = new TreeMap<>();
  private final Map<String, List<PayoutReport>> versions = new TreeMap<>();

  GeneratedPayouts(Random random, GeneratedOrders orders) {
    this.random = random;
    this.refunds = some(orders, "refunds");
    this.captures = some(orders, "captures");
    for (var record : orders.of("captures")) {
      currencies.put(record.orderId(), String.valueOf(record.fields().get("purchase_currency")));
    }
    for (var kind : List.of("refunds", "captures")) {
      for (var record : orders.of(kind)) {
        var shop = record.fields().get("merchant_reference1");
        if (shop != null) {
          shops.put(record.orderId(), String.valueOf(shop));
        }
      }
    }
    // What rows of one record are of adds up: they are all of one currency, some of a wrong one.
    currencies.replaceAll((order, its) -> its.equals("SEK") && chance(12) ? "EUR" : its);
    for (var document : orders.of("orders")) {
      unnamed(document);
    }
    for (var kind : KINDS) {
      var its = new ArrayList<PayoutReport>();
      while (its.size() < VERSIONS) {
        its.add(report(kind));
      }
      while (!its.get(VERSIONS - 1).isReadable()) {
        its.set(VERSIONS - 1, report(kind));
      }
      versions.put(kind.name(), its);
    }
  }

  List<String> names() {
    return List.copyOf(versions.keySet());
  }

  PayoutReport last(String name) {
    return versions.getOrDefault(name, List.of()).get(VERSIONS - 1);
  }

  /** Another one than was delivered last. */
  PayoutReport another(String name, @Nullable PayoutReport delivered) {
    var all = versions.getOrDefault(name, List.of());
    var others = all.stream().filter(version -> !version.equals(delivered)).toList();
    return pick(others.isEmpty() ? all : others);
  }

  /** Mostly those that are for payouts. */
  private List<FeedRecord> some(GeneratedOrders orders, String kind) {
    return orders.of(kind).stream()
        .filter(record -> record.orderId().startsWith("paid-") || chance(4))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** The refunds of a document that names none. */
  private void unnamed(FeedRecord document) {
    if (!document.orderId().startsWith("paid-")) {
      return;
    }
    var number = 0;
    for (var refund : document.list("refunds")) {
      refunds.add(
          FeedRecord.refund(document.orderId(), document.orderId() + "#" + ++number)
              .of((Long) refund.getOrDefault("refunded_amount", 1L))
              .at(String.valueOf(refund.get("refunded_at"))));
    }
  }

  private PayoutReport report(Kind kind) {
    if (chance(8)) {
      return PayoutReport.none(chance(50) ? "%PDF-1.7\n" : "<html></html>\n");
    }
    if (!kind.isJson() && chance(4)) {
      return rejectedWhole(kind);
    }
    return kind.isJson() ? json(kind) : csv(kind);
  }

  /** Nothing says of which payout, or in which currency. */
  private PayoutReport rejectedWhole(Kind kind) {
    var text =
        kind.name().contains(".2026") || chance(50)
            ? "type,amount,payment_reference\nRETURN,1.00,p9\nSALE,2,p9\n"
            : "Type;AMOUNT;currency\nRETURN;1.00;SEK\n";
    return new PayoutReport(text, true, List.of(), List.of(), List.of(), Map.of(0, ""));
  }

  // CSV

  private static final List<String> SUMMARY =
      List.of("payment_reference", "payout_date", "currency");

  private static final List<String> COLUMNS =
      List.of(
          "payment_reference",
          "type",
          "detailed_type",
          "amount",
          "currency",
          "order_id",
          "capture_id",
          "refund_id",
          "merchant_reference1",
          "merchant_capture_reference",
          "merchant_refund_reference",
          "capture_date");

  private PayoutReport csv(Kind kind) {
    var separator = pick(List.of(",", ";", "\t"));
    var lines = new ArrayList<String>();
    var said = new Said(kind);
    var isSummaryLast = chance(30);
    if (!isSummaryLast) {
      summaries(said, separator, lines);
    }
    for (var sections = chance(20) ? 2 : 1; sections > 0; sections--) {
      var columns = new ArrayList<>(COLUMNS);
      Collections.shuffle(columns, random);
      lines.add(
          chance(50)
              ? String.join(separator, columns)
              : String.join(separator, columns).toUpperCase(Locale.ROOT));
      for (var row : said.rows(sections == 1)) {
        if (chance(3)) {
          var broken =
              pick(List.of("RETURN" + separator + "x", "RETURN", "SALE" + separator + "paid-1"));
          lines.add(broken);
          said.rejected.put(lines.size(), broken);
        }
        said.rows.add(row.numbered(lines.size() + 1));
        lines.add(
            columns.stream()
                .map(column -> field(column, row, separator, said))
                .collect(Collectors.joining(separator)));
      }
    }
    if (isSummaryLast) {
      summaries(said, separator, lines);
    }
    return said.report(String.join("\n", lines) + "\n");
  }

  private void summaries(Said said, String separator, List<String> lines) {
    if (said.totals.isEmpty()) {
      return;
    }
    var columns = new ArrayList<>(SUMMARY);
    said.names().forEach(name -> columns.add("total_" + name));
    lines.add(String.join(separator, columns));
    for (var totals : said.totals) {
      var part = said.part(totals.payout());
      lines.add(
          columns.stream()
              .map(
                  column -> {
                    if (!column.startsWith("total_")) {
                      return column.equals("payment_reference")
                          ? part.payout()
                          : column.equals("currency")
                              ? part.currency()
                              : said.isDated.contains(part.payout()) ? written(part.date()) : "";
                    }
                    var amount = totals.amounts().get(column.substring("total_".length()));
                    return amount == null ? "" : decimal(amount, part.currency(), separator);
                  })
              .collect(Collectors.joining(separator)));
    }
  }

  private String field(String column, Row row, String separator, Said said) {
    var part = said.part(row.payout());
    var isOfThePayout = row.currency().equals(part.currency()) && !said.totals.isEmpty();
    var value =
        switch (column) {
          case "payment_reference" ->
              said.isNamedByFile && said.rows.size() > 1 && chance(50) ? "" : row.payout();
          case "amount" -> decimal(row.amount(), row.currency(), separator);
          case "currency" ->
              isOfThePayout && said.hasTotals(row.payout()) && chance(30) ? "" : row.currency();
          default -> text(column, row);
        };
    return value == null ? "" : value;
  }

  private static @Nullable String text(String column, Row row) {
    return switch (column) {
      case "type" -> row.type();
      case "detailed_type" -> row.detailedType();
      case "order_id" -> row.orderId();
      case "capture_id" -> row.captureId();
      case "refund_id" -> row.refundId();
      case "merchant_reference1" -> row.orderReference();
      case "merchant_capture_reference" -> row.captureReference();
      case "merchant_refund_reference" -> row.refundReference();
      default -> row.capturedAt() == null ? null : row.capturedAt().toString();
    };
  }

  /** With as many decimals as need be, or with all. */
  private String decimal(BigInteger amount, String currency, String separator) {
    var digits = Currency.getInstance(currency).getDefaultFractionDigits();
    var number = new BigDecimal(amount, digits);
    var shortest = number.stripTrailingZeros();
    var text = (chance(30) && shortest.scale() >= 0 ? shortest : number).toPlainString();
    var signed = amount.signum() > 0 && chance(10) ? "+" + text : text;
    return separator.equals(",") || chance(60) ? signed : signed.replace('.', ',');
  }

  // JSON

  private PayoutReport json(Kind kind) {
    var said = new Said(kind);
    var document = new LinkedHashMap<String, @Nullable Object>();
    if (kind.hasTransactions()) {
      var transactions = new ArrayList<Object>();
      for (var row : said.rows(true)) {
        transactions.add(transaction(row));
        said.rows.add(row.numbered(said.offset() + transactions.size()));
      }
      document.put("transactions", transactions);
      if (kind.offset() != null) {
        document.put(
            "pagination",
            Map.of("count", transactions.size(), "total", 300, "offset", kind.offset()));
      }
    }
    if (!said.totals.isEmpty()) {
      document.put(
          "payouts",
          said.totals.stream()
              .map(
                  totals -> {
                    var part = said.part(totals.payout());
                    var fields = new LinkedHashMap<String, Object>();
                    fields.put("payment_reference", part.payout());
                    fields.put("currency_code", part.currency());
                    if (said.isDated.contains(part.payout())) {
                      fields.put("payout_date", written(part.date()));
                    }
                    fields.put("totals", totals.amounts());
                    return fields;
                  })
              .toList());
    }
    if (document.isEmpty()) {
      document.put("payouts", List.of());
    }
    return said.report(JSON.writeValueAsString(document));
  }

  private static Map<String, Object> transaction(Row row) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("payment_reference", row.payout());
    fields.put("amount", row.amount());
    fields.put("currency_code", row.currency());
    for (var column : COLUMNS) {
      var value =
          List.of("payment_reference", "amount", "currency").contains(column)
              ? null
              : text(column, row);
      if (value != null) {
        fields.put(column, value);
      }
    }
    return fields;
  }

  private static String written(@Nullable Date date) {
    return date == null
        ? ""
        : date.day() == null ? String.valueOf(date.at()) : date.day().toString();
  }

  // What is said

  /** A version that is being made. */
  private final class Said {

    private final Kind kind;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final List<Row> all = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<Totals> totals = new ArrayList<>();
    private final Map<Integer, String> rejected = new TreeMap<>();
    private final List<String> isDated = new ArrayList<>();
    private final boolean isNamedByFile;
    private int taken;

    Said(Kind kind) {
      this.kind = kind;
      isNamedByFile = kind.payouts().size() == 1 && kind.name().contains(".2026");
      for (var payout : kind.payouts()) {
        var currency = List.of("P5", "P6").contains(payout) ? "EUR" : "SEK";
        var ofPayout =
            kind.hasTransactions() && !chance(8) ? rowsOf(payout, currency) : List.<Row>of();
        all.addAll(ofPayout);
        var hasTotals = kind.hasTotals() && (chance(65) || !kind.hasTransactions());
        if (hasTotals) {
          totals.add(totals(payout, currency, ofPayout));
        }
        var date = nameDate();
        if (hasTotals && chance(60)) {
          isDated.add(payout);
          date = anyDate();
        }
        if (hasTotals || !ofPayout.isEmpty()) {
          parts.put(payout, new Part(payout, date, currency, kind.offset()));
        }
      }
    }

    private @Nullable Date nameDate() {
      var day = kind.name().replaceAll("^[^.]+\\.(\\d{8})T.*", "$1");
      return day.length() == 8
          ? new Date(LocalDate.parse(day, DateTimeFormatter.BASIC_ISO_DATE), null)
          : null;
    }

    private Date anyDate() {
      var day =
          LocalDate.parse("2026-11-19")
              .plusDays(chance(50) ? random.nextInt(6) : 13 + random.nextInt(8));
      return chance(60)
          ? new Date(day, null)
          : new Date(null, Instant.parse(day + "T" + pick(List.of("00", "12", "23")) + ":30:00Z"));
    }

    /** All, or some and later the others. */
    List<Row> rows(boolean areLast) {
      var to = areLast ? all.size() : random.nextInt(all.size() + 1);
      var these = List.copyOf(all.subList(taken, to));
      taken = to;
      return these;
    }

    Part part(String payout) {
      return Objects.requireNonNull(parts.get(payout));
    }

    boolean hasTotals(String payout) {
      return totals.stream().anyMatch(of -> of.payout().equals(payout));
    }

    List<String> names() {
      return totals.stream().flatMap(of -> of.amounts().keySet().stream()).distinct().toList();
    }

    long offset() {
      return kind.offset() == null ? 0 : kind.offset();
    }

    PayoutReport report(String text) {
      return new PayoutReport(text, true, List.copyOf(parts.values()), rows, totals, rejected);
    }
  }

  private List<Row> rowsOf(String payout, String currency) {
    var rows = new ArrayList<Row>();
    var negative =
        Stream.of("SALE", "RETURN", "FEE", "REVERSAL").filter(type -> chance(50)).toList();
    for (var count = 1 + random.nextInt(14); count > 0; count--) {
      var row = row(payout, currency, rows.isEmpty());
      var isNegative = negative.contains(row.type()) ^ chance(6);
      rows.add(isNegative ? row.of(row.amount().negate()) : row);
      if (chance(6)) {
        rows.add(rows.get(rows.size() - 1));
      }
    }
    return rows;
  }

  private static final List<String> OTHER_TYPES =
      List.of(
          "REVERSAL_MERCHANT_PROTECTION",
          "COMMISSION",
          "CHARGE",
          "CREDIT",
          "HOLDBACK",
          "RELEASE",
          "FEE_REFUND",
          "TAX",
          "CORRECTION");

  private Row row(String payout, String currency, boolean isFirst) {
    var kind = random.nextInt(20);
    if (kind < 3) {
      var type = chance(50) ? pick(List.of("FEE", "REVERSAL")) : pick(OTHER_TYPES);
      return row(payout, type, "", small(), currency, pick(refunds), null, null);
    }
    var isSale = kind < 9;
    var of = pick(isSale ? captures : refunds);
    var amount = BigInteger.valueOf((Long) of.fields().getOrDefault(of.amount(), 1L));
    var id =
        switch (random.nextInt(20)) {
          case 0, 1, 2, 3, 4, 5, 6 -> of.id().strip();
          case 7, 8, 9 -> (String) of.fields().getOrDefault("other_id", of.id().strip());
          case 10 -> "krn:unknown-" + random.nextInt(3);
          case 11 -> "nobody's";
          default -> null;
        };
    var isDefault = !isSale && chance(5);
    var its = currencies.getOrDefault(of.orderId(), "SEK");
    if (isFirst && !its.equals(currency)) {
      id = null;
    }
    return row(
        payout,
        isSale ? "SALE" : "RETURN",
        isDefault ? "PAYMENT_DEFAULT" : chance(20) ? "PURCHASE_RETURN" : "",
        chance(90) ? amount : amount.subtract(BigInteger.valueOf(random.nextInt(3))),
        isFirst ? currency : its,
        of,
        isSale ? id : chance(3) ? "c" : null,
        isSale ? null : id);
  }

  private BigInteger small() {
    return BigInteger.valueOf(random.nextInt(500));
  }

  private Row row(
      String payout,
      String type,
      String detailed,
      BigInteger amount,
      String currency,
      FeedRecord of,
      @Nullable String captureId,
      @Nullable String refundId) {
    var order =
        switch (random.nextInt(12)) {
          case 0, 1 -> "krn:" + of.orderId();
          case 2 -> null;
          case 3 -> pick(refunds).orderId();
          default -> of.orderId();
        };
    // Beside an id it would tell nothing.
    var isNamed = captureId != null || refundId != null;
    var reference = isNamed || chance(30) ? null : (String) of.fields().get("reference");
    return new Row(
        payout,
        0,
        type,
        detailed.isEmpty() ? null : detailed,
        amount,
        currency,
        order,
        captureId,
        refundId,
        chance(70) ? shops.get(of.orderId()) : null,
        stripped(type.equals("SALE") ? reference : null),
        stripped(type.equals("RETURN") ? reference : null),
        chance(20) ? of.instant() : null);
  }

  private static @Nullable String stripped(@Nullable String text) {
    return text == null ? null : text.strip();
  }

  private Totals totals(String payout, String currency, List<Row> rows) {
    var amounts = new LinkedHashMap<String, BigInteger>();
    for (var type :
        List.of(
            "SALE",
            "RETURN",
            "FEE",
            "REVERSAL",
            "COMMISSION",
            "CHARGE",
            "CREDIT",
            "HOLDBACK",
            "RELEASE",
            "FEE_REFUND",
            "FEE_CORRECTION",
            "TAX",
            "REPAY",
            "DEPOSIT",
            "OPENING_DEBT_BALANCE",
            "CLOSING_DEBT_BALANCE")) {
      if (chance(75)) {
        var sum =
            NaivePayouts.sum(
                rows.stream()
                    .filter(row -> row.type().equals(type) && row.currency().equals(currency))
                    .map(Row::amount));
        var total = chance(85) ? sum : sum.add(BigInteger.TEN);
        if (total.bitLength() < 63) {
          amounts.put(
              type.toLowerCase(Locale.ROOT) + "_amount", chance(15) ? total.negate() : total);
        }
      }
    }
    amounts.put("settlement_amount", BigInteger.valueOf(random.nextInt(100_000)));
    return new Totals(payout, amounts);
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T pick(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }
}
