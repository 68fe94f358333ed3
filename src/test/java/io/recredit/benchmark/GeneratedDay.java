package io.recredit.benchmark;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A day of a payment company's feed, the same for the same seed: orders shipped in one or several
 * parts, and refunds of them, most as Klarna wants them and some as shops really send them.
 *
 * @param captures how many captures the day has
 * @param refunds how many refunds
 * @param orders over how many orders
 */
record GeneratedDay(LocalDate date, int captures, int refunds, int orders, long seed) {

  private static final List<Market> MARKETS =
      List.of(
          new Market("SE", "SEK"),
          new Market("DE", "EUR"),
          new Market("FI", "EUR"),
          new Market("NO", "NOK"),
          new Market("DK", "DKK"),
          new Market("GB", "GBP"));
  private static final List<String> GOODS =
      List.of(
          "Merino sweater, charcoal",
          "Running shoes Fjäll 3",
          "Coffee grinder, hand-cranked",
          "Cast iron pan 28 cm",
          "Linen duvet cover 150 × 210",
          "Wireless earbuds, second generation",
          "Rain jacket with hood",
          "Desk lamp, brass");
  private static final int MOST_LINES = 4;
  private static final int TAX_RATE = 2500;

  /** One line of a capture, worked out from the seed whenever it is asked for. */
  private record Line(String reference, String name, int quantity, long unitPrice) {

    long total() {
      return quantity * unitPrice;
    }

    void write(StringBuilder out, int quantity) {
      var total = quantity * unitPrice;
      out.append("{\"reference\":\"")
          .append(reference)
          .append("\",\"type\":\"physical\",\"name\":\"")
          .append(name)
          .append("\",\"quantity\":")
          .append(quantity)
          .append(",\"quantity_unit\":\"pcs\",\"unit_price\":")
          .append(unitPrice)
          .append(",\"tax_rate\":")
          .append(TAX_RATE)
          .append(",\"total_amount\":")
          .append(total)
          .append(",\"total_discount_amount\":0,\"total_tax_amount\":")
          .append(tax(total))
          .append('}');
    }
  }

  private record Market(String country, String currency) {}

  private record Shipment(
      String orderId, String captureId, Market market, String time, List<Line> lines) {

    long amount() {
      var amount = 0L;
      for (var line : lines) {
        amount += line.total();
      }
      return amount;
    }
  }

  /** Writes the day's two files into a folder. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (var out = Files.newBufferedWriter(folder.resolve("captures-" + date + ".ndjson"))) {
      var text = new StringBuilder();
      for (var i = 0; i < captures; i++) {
        text.setLength(0);
        capture(shipment(i), text);
        out.append(text);
      }
    }
    try (var out = Files.newBufferedWriter(folder.resolve("refunds-" + date + ".ndjson"))) {
      writeRefunds(out);
    }
  }

  private void writeRefunds(BufferedWriter out) throws IOException {
    var random = new SplittableRandom(seed + 1);
    var text = new StringBuilder();
    for (var i = 0; i < refunds; i++) {
      text.setLength(0);
      refund(i, shipment(random.nextInt(captures)), random, text);
      out.append(text);
    }
  }

  private Shipment shipment(int i) {
    var random = random("capture", i);
    // The first captures go to an order each, so that every order has one; the rest to any.
    var order = i < orders ? i : random.nextInt(orders);
    var ofOrder = random("order", order);
    var orderId = uuid(ofOrder);
    var market = MARKETS.get(ofOrder.nextInt(MARKETS.size()));
    var count = 1 + random.nextInt(1 + random.nextInt(MOST_LINES));
    var lines = new ArrayList<Line>();
    for (var line = 0; line < count; line++) {
      var article = random.nextInt(50_000);
      lines.add(
          new Line(
              "ART-" + (100_000 + article),
              GOODS.get(article % GOODS.size()),
              1 + random.nextInt(3),
              900 + article % 977 * 100L));
    }
    return new Shipment(
        orderId,
        uuid(random),
        market,
        "%02d:%02d:%02d.%03d"
            .formatted(
                random.nextInt(12), random.nextInt(60), random.nextInt(60), random.nextInt(1000)),
        lines);
  }

  /** Scattered, so that the numbers of one thing are not those of the next, one step on. */
  private SplittableRandom random(String what, int i) {
    return new SplittableRandom(
        new SplittableRandom((seed * 31 + what.hashCode()) * 0xD6E8FEB86659FD93L ^ i).nextLong());
  }

  private static String uuid(SplittableRandom random) {
    return new UUID(
            (random.nextLong() & ~0xf000L) | 0x4000L,
            (random.nextLong() & ~(3L << 62)) | (1L << 63))
        .toString();
  }

  private void capture(Shipment shipment, StringBuilder out) {
    out.append("{\"order_id\":\"")
        .append(shipment.orderId())
        .append("\",\"capture_id\":\"")
        .append(shipment.captureId())
        .append("\",\"klarna_reference\":\"")
        .append(shipment.captureId(), 0, 8)
        .append("-1\",\"captured_amount\":")
        .append(shipment.amount())
        .append(",\"captured_at\":\"")
        .append(date)
        .append('T')
        .append(shipment.time())
        .append("Z\"")
        .append(",\"purchase_country\":\"")
        .append(shipment.market().country())
        .append("\",\"purchase_currency\":\"")
        .append(shipment.market().currency())
        .append("\",\"description\":\"Shipped from Borås\",\"order_lines\":[");
    var separator = "";
    for (var line : shipment.lines()) {
      out.append(separator);
      line.write(out, line.quantity());
      separator = ",";
    }
    out.append("]}\n");
  }

  /** Of a hundred refunds some ninety are as they should be. */
  private void refund(int i, Shipment shipment, SplittableRandom random, StringBuilder out) {
    var turn = random.nextInt(100);
    var line = shipment.lines().get(random.nextInt(shipment.lines().size()));
    var quantity = 1 + random.nextInt(line.quantity());
    var amount = quantity * line.unitPrice();
    out.append("{\"order_id\":\"")
        .append(shipment.orderId())
        .append("\",\"refund_id\":\"")
        .append(uuid(random))
        .append("\",\"refunded_amount\":")
        .append(turn < 3 ? amount + 1 : amount)
        .append(",\"refunded_at\":\"")
        .append(date)
        .append(
            "T%02d:%02d:%02d.%03dZ\""
                .formatted(
                    12 + random.nextInt(12),
                    random.nextInt(60),
                    random.nextInt(60),
                    random.nextInt(1000)));
    if (turn < 96) {
      out.append(",\"purchase_currency\":\"").append(shipment.market().currency()).append('"');
    }
    if (turn >= 90) {
      out.append(",\"capture_id\":\"").append(shipment.captureId()).append('"');
    }
    out.append(",\"reference\":\"R-")
        .append(i)
        .append("\",\"description\":\"Return\",\"idempotency_key\":\"")
        .append(i)
        .append("\",\"order_lines\":[");
    var sent =
        turn >= 3 && turn < 6
            ? new Line(
                line.reference().toLowerCase(Locale.ROOT), line.name(), quantity, line.unitPrice())
            : line;
    sent.write(out, quantity);
    out.append("]}\n");
  }

  private static long tax(long total) {
    return total * TAX_RATE / (10_000 + TAX_RATE);
  }

  public static void main(String[] args) throws IOException {
    new GeneratedDay(
            LocalDate.parse(args[1]),
            Integer.parseInt(args[2]),
            Integer.parseInt(args[3]),
            Integer.parseInt(args[4]),
            1)
        .write(Path.of(args[0]));
  }
}
