package io.recredit.job;

import static io.recredit.job.FeedRecord.order;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Documents of an order, as read at a few times: its refunds stand on some invoices; now and then
 * one lacks a capture or ids, or has a capture and a refund that no file has.
 */
final class GeneratedDocuments {

  private static final int MOST_RECORDS = 12;
  private static final long MOST = Long.MAX_VALUE / 1_000;

  private final String orderId;
  private final List<FeedRecord> captures;
  private final List<FeedRecord> refunds;
  private final Random random;
  private final Map<String, String> places = new HashMap<>();

  GeneratedDocuments(
      String orderId, List<FeedRecord> captures, List<FeedRecord> refunds, Random random) {
    this.orderId = orderId;
    this.captures = captures.stream().filter(c -> c.orderId().equals(orderId)).toList();
    this.refunds = refunds.stream().filter(r -> r.orderId().equals(orderId)).toList();
    this.random = random;
  }

  List<FeedRecord> all() {
    var isLarge =
        captures.isEmpty()
            || captures.size() + refunds.size() > MOST_RECORDS
            || Stream.concat(captures.stream(), refunds.stream()).anyMatch(r -> amount(r) > MOST);
    var documents = new ArrayList<FeedRecord>();
    if (!isLarge) {
      for (var refund : refunds) {
        places.put(refund.id(), captures.get(random.nextInt(captures.size())).id());
        if (documents.size() < 3) {
          documents.add(document(refund.instant().plusSeconds(60L + documents.size())));
        }
      }
    }
    if (!documents.isEmpty() && random.nextInt(3) == 0) {
      documents.add(readAgain(documents.get(documents.size() - 1)));
    }
    return documents;
  }

  /** The same, hours or days later: mostly that says nothing new. */
  private FeedRecord readAgain(FeedRecord document) {
    return document.at(document.instant().plusSeconds(3600L * (1 + random.nextInt(72))).toString());
  }

  private FeedRecord document(Instant readAt) {
    var withoutIds = random.nextInt(8) == 0;
    var listed = refunds.stream().filter(r -> !r.instant().isAfter(readAt)).toList();
    var on = new HashMap<String, Long>();
    listed.forEach(r -> on.merge(places.getOrDefault(r.id(), ""), amount(r), Long::sum));
    var invoices = new ArrayList<Map<String, Object>>();
    for (var capture : captures) {
      if (random.nextInt(12) > 0) {
        invoices.add(part(capture, "capture_id", capture.id(), on.getOrDefault(capture.id(), 0L)));
      }
    }
    if (random.nextInt(6) == 0) {
      invoices.add(part(captures.get(0), "capture_id", orderId + "/only-there", 0L));
    }
    var made = new ArrayList<Map<String, Object>>();
    for (var refund : listed) {
      made.add(part(refund, "refund_id", withoutIds ? null : refund.id(), null));
    }
    if (!listed.isEmpty() && random.nextInt(6) == 0) {
      made.add(part(listed.get(0), "refund_id", "only-there-" + random.nextInt(9), null));
    }
    var document =
        order(orderId)
            .at(readAt.toString())
            .with(
                "purchase_currency",
                String.valueOf(captures.get(0).fields().get("purchase_currency")))
            .with("captures", invoices)
            .with("refunds", made);
    return random.nextInt(3) == 0 ? document.of(random.nextInt(2)) : document;
  }

  /** A record of a file as a document has it. */
  private static Map<String, Object> part(
      FeedRecord record, String idName, @Nullable String id, @Nullable Long refunded) {
    var part = new LinkedHashMap<String, Object>();
    if (id != null) {
      part.put(idName, id);
    }
    part.put(record.amount(), amount(record));
    part.put(record.time(), record.instant().toString());
    if (refunded != null) {
      part.put("refunded_amount", refunded);
    }
    for (var field : List.of("klarna_reference", "reference", "description")) {
      var value = record.fields().get(field);
      if (value != null && (refunded != null) == field.equals("klarna_reference")) {
        part.put(field, value);
      }
    }
    if (!record.lines().isEmpty()) {
      part.put("order_lines", record.lines());
    }
    return part;
  }

  private static long amount(FeedRecord record) {
    return BigInteger.valueOf((Long) record.fields().getOrDefault(record.amount(), 0L))
        .longValueExact();
  }
}
