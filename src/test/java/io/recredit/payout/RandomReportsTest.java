package io.recredit.payout;

import static io.recredit.payout.Report.file;
import static io.recredit.payout.Report.packed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.wording.Amounts;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random transactions, written in every shape, are read as they were. */
class RandomReportsTest {

  private static final long SEED = Long.getLong("recredit.seed", System.nanoTime());
  private static final int REPORTS = Integer.getInteger("recredit.reports", 60);
  private static final List<String> COLUMNS =
      List.of(
          "type",
          "detailed_type",
          "amount",
          "currency",
          "payment_reference",
          "order_id",
          "capture_id",
          "refund_id",
          "merchant_reference1",
          "merchant_capture_reference",
          "merchant_refund_reference",
          "capture_date",
          "consumer");

  @TempDir Path folder;

  private final Random random = new Random(SEED);

  @Test
  void randomTransactionsAreReadAsTheyWereInEveryShape() {
    for (var i = 0; i < REPORTS; i++) {
      var expected = Stream.generate(this::transaction).limit(random.nextInt(30)).toList();
      for (var separator : List.of(",", ";", "\t")) {
        assertSame(expected, "r.csv", csv(expected, separator));
      }
      assertSame(expected, "r.json", json(expected));
    }
  }

  private void assertSame(List<Transaction> expected, String name, String content) {
    var isPacked = random.nextBoolean();
    var file =
        file(
            folder,
            isPacked ? name + ".gz" : name,
            isPacked ? packed(content) : content.getBytes(UTF_8));
    var read = Report.of(file, ColumnNames.usual());
    var as = "%s, recredit.seed=%d".formatted(name, SEED);
    assertThat(read.rejected()).as(as).isEmpty();
    assertThat(read.transactions().stream().map(RandomReportsTest::withoutRow).toList())
        .as(as)
        .isEqualTo(expected);
    assertThat(read.transactions()).as(as).extracting(Transaction::row).isSorted();
  }

  private static Transaction withoutRow(Transaction t) {
    return new Transaction(
        t.paymentReference(),
        0,
        t.type(),
        t.detailedType(),
        t.amount(),
        t.currency(),
        t.orderId(),
        t.captureId(),
        t.refundId(),
        t.orderReference(),
        t.captureReference(),
        t.refundReference(),
        t.capturedAt());
  }

  private Transaction transaction() {
    return new Transaction(
        "P" + random.nextInt(3),
        0,
        oneOf("SALE", "RETURN", "FEE", "Ü \"X\"").toUpperCase(Locale.ROOT),
        random.nextBoolean() ? "PURCHASE" : null,
        random.nextInt(9) == 0 ? random.nextLong() : random.nextInt(200_000) - 100_000,
        oneOf("SEK", "EUR", "JPY", "BHD"),
        any(),
        any(),
        any(),
        any(),
        any(),
        any(),
        random.nextBoolean() ? Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE)) : null);
  }

  /** A text that is stripped, with all that could be taken for something else. */
  private @Nullable String any() {
    if (random.nextInt(4) == 0) {
      return null;
    }
    var text =
        Stream.generate(
                () ->
                    oneOf(
                        "a", "1", ",", ";", "\t", "\"", "\"\"", "\n", "\r\n", " ", "ä", "😀", "'"))
            .limit(random.nextInt(12))
            .collect(joining())
            .strip();
    return text.isEmpty() ? null : text;
  }

  private String oneOf(String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  private String csv(List<Transaction> transactions, String separator) {
    var columns = new ArrayList<>(COLUMNS);
    Collections.shuffle(columns, random);
    var end = oneOf("\n", "\r\n");
    var rows = new ArrayList<String>();
    rows.add(columns.stream().map(this::inSomeCase).collect(joining(separator)));
    for (var transaction : transactions) {
      rows.add(
          columns.stream()
              .map(column -> quoted(written(transaction, column), separator))
              .collect(joining(separator)));
    }
    return oneOf("", "\uFEFF", "A report" + end)
        + rows.stream().collect(joining(oneOf(end, end + end)))
        + oneOf("", end);
  }

  private String inSomeCase(String name) {
    return random.nextBoolean() ? name : " " + name.toUpperCase(Locale.ROOT);
  }

  private String quoted(String text, String separator) {
    var mustBe = Stream.of("\"", "\n", "\r", separator).anyMatch(text::contains);
    return mustBe || random.nextInt(4) == 0 ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private String written(Transaction t, String column) {
    if (column.equals("amount")) {
      var decimals = Amounts.decimals(t.currency());
      var exact = BigDecimal.valueOf(t.amount(), decimals);
      var shown = random.nextBoolean() ? exact.toPlainString() : shortened(exact);
      return random.nextBoolean() ? shown : shown.replace('.', ',');
    }
    var value = value(t, column);
    var cased = column.equals("currency") && random.nextBoolean();
    return value == null ? "" : cased ? value.toLowerCase(Locale.ROOT) : value;
  }

  private static String shortened(BigDecimal amount) {
    var least = amount.stripTrailingZeros();
    return (least.scale() < 0 ? least.setScale(0) : least).toPlainString();
  }

  private String json(List<Transaction> transactions) {
    return transactions.stream()
        .map(
            t -> {
              var names = new ArrayList<>(COLUMNS);
              Collections.shuffle(names, random);
              return names.stream()
                  .map(name -> '"' + name + "\":" + jsonValue(t, name))
                  .collect(joining(",", "{", "}"));
            })
        .collect(joining(",\n", "{\"transactions\":[", "]}"));
  }

  private static String jsonValue(Transaction t, String name) {
    if (name.equals("amount")) {
      return String.valueOf(t.amount());
    }
    var value = value(t, name);
    return value == null
        ? "null"
        : value.codePoints().mapToObj(RandomReportsTest::escaped).collect(joining("", "\"", "\""));
  }

  private static String escaped(int c) {
    return c < 32 || c == '"' || c == '\\' ? "\\u%04x".formatted(c) : Character.toString(c);
  }

  private static @Nullable String value(Transaction t, String column) {
    return switch (column) {
      case "type" -> t.type();
      case "detailed_type" -> t.detailedType();
      case "currency" -> t.currency();
      case "payment_reference" -> t.paymentReference();
      case "order_id" -> t.orderId();
      case "capture_id" -> t.captureId();
      case "refund_id" -> t.refundId();
      case "merchant_reference1" -> t.orderReference();
      case "merchant_capture_reference" -> t.captureReference();
      case "merchant_refund_reference" -> t.refundReference();
      case "capture_date" -> t.capturedAt() == null ? null : t.capturedAt().toString();
      case "consumer" -> "Ann \"Ö\"";
      default -> throw new IllegalArgumentException(column);
    };
  }
}
