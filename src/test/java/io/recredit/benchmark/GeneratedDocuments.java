package io.recredit.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A night's order documents as the API returns them, most of them what Recredit does not read:
 * addresses, the order's own lines, links. The same for the same seed.
 *
 * @param date of the captures and refunds
 * @param readOn the night in which they were read
 * @param changedEvery of so many orders one has a refund more than the night before; 0 for none
 */
record GeneratedDocuments(
    LocalDate date, LocalDate readOn, int documents, int changedEvery, long seed) {

  private static final int PRICE = 199_00;

  private static final String ADDRESS =
      """
      {"given_name":"Astrid","family_name":"Lindqvist","email":"astrid.lindqvist%1$d@example.com","title":"Fru",\
      "street_address":"Storgatan %1$d","street_address2":"lgh 1203","postal_code":"41118","city":"Göteborg",\
      "region":"Västra Götalands län","phone":"+46701740635","country":"SE"}""";

  private static final String LINE =
      """
      {"reference":"ART-%1$d-%2$d","type":"physical","quantity":1,"quantity_unit":"pcs",\
      "name":"Merino sweater, charcoal, number %2$d","total_amount":19900,"unit_price":19900,\
      "total_discount_amount":0,"tax_rate":2500,"total_tax_amount":3980,"merchant_data":null,\
      "product_url":"https://shop.example.com/products/sweaters/merino-charcoal-%1$d-%2$d",\
      "image_url":"https://images.example.com/products/large/merino-charcoal-%1$d-%2$d.jpg",\
      "product_identifiers":{"category_path":"Clothes > Sweaters > Merino","brand":"Fjäll",\
      "global_trade_item_number":"735858293167"},"shipping_attributes":null}""";

  private static final String CAPTURE =
      """
      {"capture_id":"%s","klarna_reference":"%s","captured_amount":%d,"captured_at":"%sT08:15:00Z",\
      "description":"Shipped part of the order","reference":"parcel-%d","refunded_amount":%d,"order_lines":[%s],\
      "billing_address":%s,"shipping_address":%s,"shipping_info":[{"shipping_company":"PostNord",\
      "shipping_method":"PickUpPoint","tracking_number":"63456415674545679874",\
      "tracking_uri":"https://track.example.com/63456415674545679874"}]}""";

  private static final String REFUND =
      """
      {"refund_id":"%s","refunded_amount":%d,"refunded_at":"%sT1%d:30:00Z","reference":"return",\
      "description":"Goods came back","order_lines":[%s]}""";

  private static final String DOCUMENT =
      """
      {"order_id":"%s","status":"CAPTURED","fraud_status":"ACCEPTED","order_amount":%d,"original_order_amount":%d,\
      "captured_amount":%d,"refunded_amount":%d,"remaining_authorized_amount":0,"purchase_currency":"SEK",\
      "locale":"sv-SE","order_lines":[%s],"klarna_reference":"%s","customer":{"date_of_birth":"1968-02-14",\
      "national_identification_number":"680214-1234"},"billing_address":%s,"shipping_address":%s,\
      "created_at":"%sT07:00:00Z","purchase_country":"SE","expires_at":"2027-01-20T07:00:00Z",\
      "captures":[%s],"refunds":[%s],"merchant_reference1":"shop-%d","merchant_reference2":null,\
      "merchant_data":"{\\"basket\\":%d}","initial_payment_method":{"type":"INVOICE","description":"Pay later"},\
      "selected_shipping_option":null,"read_at":"%sT03:00:00Z"}
      """;

  private record Refund(int capture, int line) {}

  /** How many bytes it wrote. */
  long write(Path folder) throws IOException {
    Files.createDirectories(folder);
    var file = folder.resolve("orders-" + readOn.minusDays(1) + ".ndjson");
    try (var out = Files.newBufferedWriter(file)) {
      for (var i = 0; i < documents; i++) {
        out.write(document(i));
      }
    }
    return Files.size(file);
  }

  private String document(int i) {
    var random =
        new SplittableRandom(new SplittableRandom(seed * 0xD6E8FEB86659FD93L ^ i).nextLong());
    var orderId = uuid(random);
    var captures = 1 + random.nextInt(3);
    var linesEach = 1 + random.nextInt(3);
    var refunds = new ArrayList<Refund>();
    for (var n = random.nextInt(3); n > 0; n--) {
      refunds.add(new Refund(random.nextInt(captures), random.nextInt(linesEach)));
    }
    var ids = new ArrayList<String>();
    for (var n = 0; n < captures + refunds.size() + 1; n++) {
      ids.add(uuid(random));
    }
    if (changedEvery > 0 && i % changedEvery == 0) {
      refunds.add(new Refund(0, 0));
    }
    var amount = (long) PRICE * captures * linesEach;
    var address = ADDRESS.formatted(i);
    return DOCUMENT.formatted(
        orderId,
        amount,
        amount,
        amount,
        (long) PRICE * refunds.size(),
        lines(i, 0, captures * linesEach),
        orderId.substring(0, 8).toUpperCase(Locale.ROOT),
        address,
        address,
        date,
        captures(i, ids, captures, linesEach, refunds),
        refunds(i, ids.subList(captures, ids.size()), linesEach, refunds),
        i,
        i,
        readOn);
  }

  private String captures(
      int i, List<String> ids, int captures, int linesEach, List<Refund> refunds) {
    var written = new ArrayList<String>();
    for (var c = 0; c < captures; c++) {
      var capture = c;
      var onIt = refunds.stream().filter(refund -> refund.capture() == capture).count();
      var address = ADDRESS.formatted(i);
      written.add(
          CAPTURE.formatted(
              ids.get(c),
              ids.get(c).substring(0, 8) + "-1",
              (long) PRICE * linesEach,
              date,
              c,
              PRICE * onIt,
              lines(i, c * linesEach, linesEach),
              address,
              address));
    }
    return String.join(",", written);
  }

  private String refunds(int i, List<String> ids, int linesEach, List<Refund> refunds) {
    var written = new ArrayList<String>();
    for (var n = 0; n < refunds.size(); n++) {
      var refund = refunds.get(n);
      written.add(
          REFUND.formatted(
              ids.get(n),
              PRICE,
              date,
              n,
              lines(i, refund.capture() * linesEach + refund.line(), 1)));
    }
    return String.join(",", written);
  }

  private static String lines(int i, int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(line -> LINE.formatted(i % 50_000, line))
        .collect(Collectors.joining(","));
  }

  private static String uuid(SplittableRandom random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
