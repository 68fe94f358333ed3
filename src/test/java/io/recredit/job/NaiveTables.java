package io.recredit.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.recredit.allocation.Capture;
import io.recredit.allocation.NaiveAllocator;
import io.recredit.allocation.NaiveAllocator.Ruling;
import io.recredit.allocation.NaiveBooks;
import io.recredit.allocation.NaiveOutcome;
import io.recredit.allocation.OrderHistory;
import io.recredit.allocation.Policies;
import io.recredit.allocation.Policies.Evidence;
import io.recredit.allocation.Refund;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the tables of rules.md, part 5 have to show of orders, but for the sentences, worked out
 * from {@link NaiveAllocator} and nothing of the program.
 */
final class NaiveTables {

  /** The columns that are compared, in the order of the rows here. */
  private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put(
        "invoice_credit",
        "refund_id, order_id, capture_id, invoice_reference, refund_reference, capture_reference, currency, credited_amount, credited_tax_amount, return_fee_amount, match_rule, purchase_country, refunded_at, business_date");
    COLUMNS.put(
        "refund_exception",
        "refund_id, order_id, refund_reference, currency, refunded_amount, reason, blocking_refund_id, root_refund_id, only_invoice, purchase_country, refunded_at, business_date");
    COLUMNS.put(
        "refund_write_off",
        "refund_id, order_id, refund_reference, currency, refunded_amount, written_off_amount, resolved_by, resolved_at, refunded_at, business_date");
    COLUMNS.put(
        "refund_duplicate",
        "refund_id, duplicate_of, order_id, currency, refunded_amount, duplicate_of_amount, business_date");
    COLUMNS.put(
        "invoice_balance",
        "order_id, capture_id, invoice_reference, currency, captured_amount, credited_amount, remaining_amount, unallocated_on_order, captured_at");
    COLUMNS.put(
        "credit_line",
        "refund_id, order_id, capture_id, currency, account, line_number, reference, name, type, quantity, tax_rate, amount, tax_amount, tax_source");
    COLUMNS.put("over_refunded", "order_id, currency, captured_amount, refunded_amount, beyond");
    COLUMNS.put(
        "refused_refund",
        "refusal_id, order_id, order_reference, attempted_at, correlation_id, refunded_amount, currency, (request - 'refunded_at'), (extract(epoch from (request ->> 'refunded_at')::timestamptz) * 1000000)::bigint, would_be, followed_by");
    COLUMNS.put(
        "refund_event",
        "event_id, order_id, refund_id, matched_by, event_type, occurred_at, named_refund_id, named_order_id, refunded_amount");
    COLUMNS.put("feed_difference", "order_id, kind, id, in_files, at_klarna");
    COLUMNS.put(
        "daily_reconciliation",
        "business_date, currency, refunds, refunded_amount, credited_refunds, credited_amount, assumed_amount, exceptions, unallocated_amount, write_offs, written_off_amount, duplicates, duplicate_amount, difference");
  }

  /** Of the differences those of events are here; the others have a proof of their own. */
  static boolean isCompared(String table, String row) {
    return !table.equals("feed_difference") || row.matches(".*\\|(EVENT|REFUND)_WITHOUT_.*");
  }

  /** What newly does not fit of events, as a run's summary counts it: "1 EVENT_WITHOUT_REFUND". */
  List<String> newDifferences(NaiveTables before) {
    return new TreeMap<>(differences(this))
        .entrySet().stream()
            .map(
                kind -> {
                  var ids = new HashSet<>(kind.getValue());
                  ids.removeAll(differences(before).getOrDefault(kind.getKey(), Set.of()));
                  return ids.size() + " " + kind.getKey();
                })
            .filter(counted -> !counted.startsWith("0 "))
            .toList();
  }

  /** Their ids, by kind. */
  private static Map<String, Set<String>> differences(NaiveTables tables) {
    return tables.rows.getOrDefault("feed_difference", List.of()).stream()
        .map(row -> row.split("\\|"))
        .collect(
            Collectors.groupingBy(
                row -> row[1], Collectors.mapping(row -> row[2], Collectors.toSet())));
  }

  /** The rows of a relation as they are here, with times as microseconds; and whole. */
  static String query(String table) {
    return query(table, COLUMNS.getOrDefault(table, ""));
  }

  static String query(String table, String compared) {
    var columns =
        Arrays.stream(compared.split(", "))
            .map(
                c ->
                    c.endsWith("_at")
                        ? "(extract(epoch from %s) * 1000000)::bigint".formatted(c)
                        : c)
            .map(column -> column + "::text")
            .collect(Collectors.joining(", "));
    return """
        select array_to_string(array[%s], '|', '-') as plain, to_jsonb(t)::text as whole from recredit.%s t
        """
        .formatted(columns, table);
  }

  /** A refund's ruling, among all that was known of its order. */
  record Ruled(Ruling ruling, OrderHistory history) {

    boolean isCredited() {
      return ruling.is(NaiveOutcome.CREDITED);
    }

    boolean isException() {
      return ruling.is(NaiveOutcome.EXCEPTION);
    }
  }

  /** Behind every id that a refund can have. */
  private static final String LAST = "\uDBFF\uDFFF".repeat(256);

  private static final Comparator<Refund> IN_TIME =
      Comparator.comparing(Refund::refundedAt)
          .thenComparing(refund -> bytes(refund.refundId()), Arrays::compareUnsigned);

  private final Policies policies;
  private final Map<String, Ruled> ruled = new LinkedHashMap<>();
  private final Map<String, List<String>> rows = new HashMap<>();
  private final List<Booked> booked = new ArrayList<>();

  NaiveTables(NaiveInput input, Policies policies) {
    this(input.histories(), policies);
    var histories =
        input.histories().stream()
            .collect(Collectors.toMap(OrderHistory::orderId, history -> history));
    var references = input.orderReferences();
    input
        .answers("refusals")
        .forEach(
            (order, refusals) ->
                refused(
                    histories.getOrDefault(
                        order, new OrderHistory(order, List.of(), List.of(), List.of())),
                    references.get(order),
                    refusals));
    events(input.answers("events"));
  }

  /** Each as the last refund of its moment, without what was resolved or followed. */
  private void refused(
      OrderHistory order, @Nullable String orderReference, List<FeedRecord> refusals) {
    var rules = new NaiveAllocator(policies.with(Evidence.COMPARE));
    for (var refusal : refusals) {
      var request = readable(refusal.request());
      var amount = (Long) request.get("refunded_amount");
      var isRefund = amount != null && request.size() == refusal.request().size();
      var refundedAt = request.remove("refunded_at");
      row(
          "refused_refund",
          refusal.id(),
          refusal.orderId(),
          orderReference,
          text(refusal.instant()),
          refusal.fields().get("correlation_id"),
          amount,
          Optional.ofNullable(request.get("purchase_currency"))
              .or(
                  () ->
                      oldest(order)
                          .filter(of -> !of.capturedAt().isAfter(refusal.instant()))
                          .map(Capture::purchaseCurrency))
              .orElse(null),
          json(request),
          refundedAt == null ? null : text(Instant.parse((String) refundedAt)),
          isRefund ? wouldBe(rules, order, NaiveInput.request(refusal, LAST)) : null,
          amount == null ? null : followedBy(refusal, amount));
    }
  }

  /** What of a body can be read. */
  private static Map<String, Object> readable(Map<String, Object> request) {
    var readable = new LinkedHashMap<>(request);
    readable
        .values()
        .removeIf(value -> value.equals(0L) || value.equals(GeneratedOrders.FAULTY_TIME));
    return readable;
  }

  /** As PostgreSQL writes it: short names first. */
  private static String json(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(field -> Map.entry(field.getKey().toString(), field.getValue()))
          .sorted(
              Map.Entry.comparingByKey(
                  Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder())))
          .map(field -> json(field.getKey()) + ": " + json(field.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return value instanceof List<?> list
        ? list.stream().map(NaiveTables::json).collect(Collectors.joining(", ", "[", "]"))
        : value instanceof String text ? "\"" + text + "\"" : value.toString();
  }

  private static String wouldBe(NaiveAllocator rules, OrderHistory order, Refund request) {
    var refunds = new ArrayList<>(order.refunds());
    refunds.add(request);
    var ruling =
        rules
            .decide(
                new OrderHistory(
                    order.orderId(),
                    order.captures(),
                    refunds,
                    order.releases(),
                    List.of(),
                    order.klarnaRecord()))
            .stream()
            .filter(one -> one.refund().refundId().equals(LAST))
            .findFirst()
            .orElseThrow();
    var outcome = ruling.outcome();
    return outcome.matchRule() != null
        ? outcome.matchRule().name()
        : outcome.reason() != null ? outcome.reason().name() : "DUPLICATE";
  }

  private @Nullable String followedBy(FeedRecord refusal, long amount) {
    return ofOrder(refusal.orderId())
        .filter(of -> !of.ruling().is(NaiveOutcome.DUPLICATE))
        .map(of -> of.ruling().refund())
        .filter(refund -> refund.refundedAmount() == amount)
        .filter(refund -> refund.refundedAt().isAfter(refusal.instant()))
        .min(IN_TIME)
        .map(Refund::refundId)
        .orElse(null);
  }

  private Stream<Ruled> ofOrder(String order) {
    return ruled.values().stream().filter(of -> of.history().orderId().equals(order));
  }

  private void events(Map<String, List<FeedRecord>> answers) {
    var events = new TreeMap<String, List<FeedRecord>>();
    answers.forEach(
        (order, all) -> {
          var ofRefunds = all.stream().filter(FeedRecord::isAboutRefund).toList();
          if (!ofRefunds.isEmpty()) {
            events.put(order, ofRefunds);
          }
        });
    var told = new HashSet<String>();
    var named =
        events.values().stream()
            .flatMap(List::stream)
            .flatMap(event -> Stream.ofNullable(event.fields().get("refund_id")))
            .collect(Collectors.toSet());
    events.forEach(
        (order, ofOrder) -> {
          var free = new ArrayList<Refund>();
          Stream.of(false, true)
              .forEach(
                  isDuplicate ->
                      ofOrder(order)
                          .filter(of -> of.ruling().is(NaiveOutcome.DUPLICATE) == isDuplicate)
                          .map(of -> of.ruling().refund())
                          .filter(refund -> !named.contains(refund.refundId()))
                          .sorted(IN_TIME)
                          .forEach(free::add));
          var inTime =
              ofOrder.stream()
                  .sorted(
                      Comparator.comparing(FeedRecord::instant)
                          .thenComparing(event -> bytes(event.id()), Arrays::compareUnsigned))
                  .toList();
          for (var precision : List.of(3, 2, 1)) {
            inTime.stream()
                .filter(event -> precision(event) == precision)
                .forEach(event -> event(event, free).ifPresent(told::add));
          }
        });
    var times =
        events.values().stream().flatMap(List::stream).map(FeedRecord::instant).sorted().toList();
    if (!times.isEmpty()) {
      withoutEvent(told, times.get(0), times.get(times.size() - 1));
    }
  }

  private void withoutEvent(Set<String> told, Instant first, Instant newest) {
    ruled.values().stream()
        .map(Ruled::ruling)
        .filter(ruling -> !ruling.is(NaiveOutcome.DUPLICATE))
        .map(Ruling::refund)
        .filter(refund -> !told.contains(refund.refundId()))
        .filter(
            refund -> !refund.refundedAt().isBefore(first) && !refund.refundedAt().isAfter(newest))
        .forEach(
            refund ->
                row(
                    "feed_difference",
                    refund.orderId(),
                    "REFUND_WITHOUT_EVENT",
                    refund.refundId(),
                    refund.refundedAmount(),
                    null));
  }

  /** What it names: the refund, the order's amount, or the order alone. */
  private static int precision(FeedRecord event) {
    return event.fields().containsKey("refund_id")
        ? 3
        : event.fields().containsKey("refunded_amount") ? 2 : 1;
  }

  /** The refund that it belongs to. */
  private Optional<String> event(FeedRecord event, List<Refund> free) {
    var id = (String) event.fields().get("refund_id");
    var amount = event.fields().get("refunded_amount");
    var named = event.orderId().isEmpty() ? null : event.orderId();
    var of =
        precision(event) == 3
            ? Optional.ofNullable(ruled.get(id)).map(ruling -> ruling.ruling().refund())
            : free.stream()
                .filter(refund -> amount == null || amount.equals(refund.refundedAmount()))
                .findFirst();
    of.ifPresent(free::remove);
    row(
        "refund_event",
        event.id(),
        of.map(Refund::orderId).orElse(named),
        of.map(Refund::refundId).orElse(null),
        of.map(
                refund ->
                    List.of("ORDER", "ORDER_AND_AMOUNT", "REFUND_ID").get(precision(event) - 1))
            .orElse(null),
        "payment.transaction.refunded",
        text(event.instant()),
        id,
        named,
        amount);
    if (of.isEmpty()) {
      row("feed_difference", named, "EVENT_WITHOUT_REFUND", event.id(), null, amount);
    }
    return of.map(Refund::refundId);
  }

  NaiveTables(List<OrderHistory> orders, Policies policies) {
    this.policies = policies;
    COLUMNS.keySet().forEach(table -> rows.put(table, new ArrayList<>()));
    var allocator = new NaiveAllocator(policies);
    var days = new HashMap<List<String>, List<Ruling>>();
    for (var order : orders) {
      var rulings = allocator.decide(order);
      for (var ruling : rulings) {
        ruled.put(ruling.refund().refundId(), new Ruled(ruling, order));
        decision(order, ruling);
        var day = List.of(date(ruling), String.valueOf(ruling.outcome().currency()));
        days.computeIfAbsent(day, d -> new ArrayList<>()).add(ruling);
      }
      order.captures().forEach(capture -> balance(order, capture, rulings));
      oldest(order).ifPresent(capture -> overRefunded(order, capture.purchaseCurrency(), rulings));
    }
    days.forEach((day, rulings) -> day(day.get(0), rulings));
  }

  /** By refund. */
  Map<String, Ruled> ruled() {
    return ruled;
  }

  /** By table. */
  Map<String, List<String>> rows() {
    return rows;
  }

  /** A line in the books: its position but for the day, and what it adds. */
  private record Booked(String position, LocalDate day, List<BigInteger> amounts) {}

  /**
   * What the journal has to lead to, position by position: what is not 0.
   *
   * @param closed the last closed day, up to which all days count as one
   */
  List<String> positions(LocalDate closed) {
    var positions = new TreeMap<String, List<BigInteger>>();
    for (var line : booked) {
      var day = line.day().isAfter(closed) ? line.day().toString() : "closed";
      positions.merge(line.position() + "|" + day, line.amounts(), NaiveTables::plus);
    }
    return positions.entrySet().stream()
        .filter(of -> of.getValue().stream().anyMatch(amount -> amount.signum() != 0))
        .map(
            of ->
                of.getKey()
                    + of.getValue().stream()
                        .map(amount -> "|" + amount)
                        .collect(Collectors.joining()))
        .toList();
  }

  private static List<BigInteger> plus(List<BigInteger> one, List<BigInteger> other) {
    return IntStream.range(0, one.size()).mapToObj(i -> one.get(i).add(other.get(i))).toList();
  }

  /** The journal summed by position, as they are here. */
  static String positionsOfJournal(LocalDate closed) {
    return """
    select array_to_string(array[
        refund_id, order_id, purchase_country, account, capture_id, currency, tax_rate::text,
        case when tax_rate is null then tax_source end, day, sum(amount)::text, coalesce(sum(tax_amount), 0)::text,
        sum(sales_tax_amount)::text], '|', '-')
    from (
      select *, case when business_date > '%s' then business_date::text else 'closed' end as day from recredit.journal
    ) j
    group by refund_id, order_id, purchase_country, day, account, capture_id, currency, tax_rate,
      case when tax_rate is null then tax_source end
    having sum(amount) <> 0 or sum(tax_amount) <> 0 or sum(sales_tax_amount) <> 0
    """
        .formatted(closed);
  }

  private void book(OrderHistory order, Ruling ruling, List<NaiveBooks.Line> lines) {
    var refund = ruling.refund();
    for (var line : lines) {
      var of = line.of();
      if (line.captureId() != null) {
        row(
            "credit_line",
            refund.refundId(),
            refund.orderId(),
            line.captureId(),
            ruling.outcome().currency(),
            line.account(),
            line.number(),
            of == null ? null : of.reference(),
            of == null ? null : of.name(),
            of == null ? null : of.type(),
            of == null ? null : of.quantity(),
            line.rate(),
            line.amount(),
            line.tax(),
            line.source());
      }
      var position =
          Stream.of(
                  refund.refundId(),
                  refund.orderId(),
                  country(order, refund),
                  line.account(),
                  line.captureId(),
                  ruling.outcome().currency(),
                  line.rate(),
                  line.rate() == null ? line.source() : null)
              .map(value -> value == null ? "-" : value.toString())
              .collect(Collectors.joining("|"));
      var tax = Objects.requireNonNullElse(line.tax(), BigInteger.ZERO);
      var isSalesTax = of != null && "sales_tax".equals(of.type());
      booked.add(
          new Booked(
              position,
              LocalDate.parse(date(ruling)),
              List.of(
                  line.amount(), tax, isSalesTax ? line.amount().subtract(tax) : BigInteger.ZERO)));
    }
  }

  /** What the rules alone would do about each refund that is resolved: "r1 REFERENCE A=1000". */
  List<String> besideResolutions() {
    return ruled.values().stream()
        .map(of -> of.ruling().besides())
        .filter(Objects::nonNull)
        .map(
            rules ->
                "%s %s %s"
                    .formatted(
                        rules.refundId(),
                        rules.matchRule() == null ? rules.reason() : rules.matchRule(),
                        rules.parts().stream()
                            .sorted(
                                Comparator.comparing(
                                    part -> bytes(part.captureId()), Arrays::compareUnsigned))
                            .map(part -> part.captureId() + "=" + part.amount())
                            .collect(Collectors.joining(","))))
        .toList();
  }

  private void decision(OrderHistory order, Ruling ruling) {
    var refund = ruling.refund();
    var outcome = ruling.outcome();
    var amount = refund.refundedAmount();
    var lines = NaiveBooks.of(ruling, order);
    book(order, ruling, lines);
    switch (outcome.kind()) {
      case NaiveOutcome.CREDITED -> {
        for (var part : outcome.parts()) {
          var capture = capture(order, part.captureId());
          row(
              "invoice_credit",
              refund.refundId(),
              refund.orderId(),
              capture.captureId(),
              invoice(capture),
              refund.reference(),
              capture.reference(),
              outcome.currency(),
              part.amount(),
              NaiveBooks.tax(
                  lines.stream().filter(line -> part.captureId().equals(line.captureId()))),
              part.fee(),
              outcome.matchRule(),
              country(order, refund),
              text(refund.refundedAt()),
              date(ruling));
        }
        if (writtenOff(ruling).signum() > 0) {
          writeOff(order, ruling);
        }
      }
      case NaiveOutcome.EXCEPTION ->
          row(
              "refund_exception",
              refund.refundId(),
              refund.orderId(),
              refund.reference(),
              outcome.currency(),
              amount,
              outcome.reason(),
              outcome.blockingRefundId(),
              Objects.requireNonNullElse(outcome.blockingRefundId(), refund.refundId()),
              order.captures().size() == 1 ? order.captures().get(0).captureId() : null,
              country(order, refund),
              text(refund.refundedAt()),
              date(ruling));
      case NaiveOutcome.WRITTEN_OFF -> writeOff(order, ruling);
      default -> {
        var original = outcome.duplicateOf();
        var originalAmount =
            order.refunds().stream()
                .filter(r -> r.refundId().equals(original))
                .mapToLong(r -> r.refundedAmount())
                .sum();
        row(
            "refund_duplicate",
            refund.refundId(),
            original,
            refund.orderId(),
            outcome.currency(),
            amount,
            originalAmount,
            date(ruling));
      }
    }
  }

  private static Optional<Capture> oldest(OrderHistory order) {
    return order.captures().stream()
        .min(
            Comparator.comparing(Capture::capturedAt)
                .thenComparing(capture -> bytes(capture.captureId()), Arrays::compareUnsigned));
  }

  /** By which ids are in order. */
  private static byte[] bytes(String id) {
    return id.getBytes(UTF_8);
  }

  private static @Nullable String country(OrderHistory order, Refund refund) {
    return oldest(order)
        .filter(capture -> !capture.capturedAt().isAfter(refund.refundedAt()))
        .map(Capture::purchaseCountry)
        .orElse(null);
  }

  private void overRefunded(OrderHistory order, String currency, List<Ruling> rulings) {
    var captured =
        sum(
            order.captures().stream()
                .filter(capture -> capture.purchaseCurrency().equals(currency))
                .map(capture -> BigInteger.valueOf(capture.capturedAmount())));
    var refunded =
        refunded(
            rulings,
            ruling ->
                !ruling.is(NaiveOutcome.DUPLICATE) && currency.equals(ruling.outcome().currency()));
    if (refunded.compareTo(captured) > 0) {
      row(
          "over_refunded",
          order.orderId(),
          currency,
          captured,
          refunded,
          refunded.subtract(captured));
    }
  }

  private void balance(OrderHistory order, Capture capture, List<Ruling> rulings) {
    var credited = sum(rulings.stream().map(ruling -> ruling.creditedOn(capture)));
    var captured = BigInteger.valueOf(capture.capturedAmount());
    row(
        "invoice_balance",
        capture.orderId(),
        capture.captureId(),
        invoice(capture),
        capture.purchaseCurrency(),
        captured,
        credited,
        captured.subtract(credited),
        oldest(order).equals(Optional.of(capture))
            ? refunded(
                rulings,
                ruling ->
                    ruling.is(NaiveOutcome.EXCEPTION)
                        && Objects.requireNonNullElse(
                                ruling.outcome().currency(), capture.purchaseCurrency())
                            .equals(capture.purchaseCurrency()))
            : null,
        text(capture.capturedAt()));
  }

  private void writeOff(OrderHistory order, Ruling ruling) {
    var refund = ruling.refund();
    var resolution =
        order.resolutions().stream()
            .filter(s -> s.refundId().equals(refund.refundId()))
            .findFirst()
            .orElseThrow();
    row(
        "refund_write_off",
        refund.refundId(),
        refund.orderId(),
        refund.reference(),
        ruling.outcome().currency(),
        refund.refundedAmount(),
        writtenOff(ruling),
        resolution.resolvedBy(),
        text(resolution.resolvedAt()),
        text(refund.refundedAt()),
        date(ruling));
  }

  /** What of a refund neither is on an invoice nor waits for one. */
  private static BigInteger writtenOff(Ruling ruling) {
    return ruling.is(NaiveOutcome.CREDITED) || ruling.is(NaiveOutcome.WRITTEN_OFF)
        ? BigInteger.valueOf(ruling.refund().refundedAmount()).subtract(ruling.credited())
        : BigInteger.ZERO;
  }

  private void day(String date, List<Ruling> rulings) {
    row(
        "daily_reconciliation",
        date,
        rulings.get(0).outcome().currency(),
        rulings.size(),
        refunded(rulings, ruling -> true),
        count(rulings, NaiveOutcome.CREDITED),
        sum(rulings.stream().map(Ruling::credited)),
        refunded(
            rulings,
            ruling -> String.valueOf(ruling.outcome().matchRule()).equals("ONE_OF_SEVERAL")),
        count(rulings, NaiveOutcome.EXCEPTION),
        refunded(rulings, ruling -> ruling.is(NaiveOutcome.EXCEPTION)),
        count(rulings, NaiveOutcome.WRITTEN_OFF),
        sum(rulings.stream().map(NaiveTables::writtenOff)),
        count(rulings, NaiveOutcome.DUPLICATE),
        refunded(rulings, ruling -> ruling.is(NaiveOutcome.DUPLICATE)),
        0);
  }

  private void row(String table, @Nullable Object... values) {
    rows.computeIfAbsent(table, t -> new ArrayList<>())
        .add(
            Arrays.stream(values)
                .map(value -> Objects.toString(value, "-"))
                .collect(Collectors.joining("|")));
  }

  private static long count(List<Ruling> rulings, String kind) {
    return rulings.stream().filter(ruling -> ruling.is(kind)).count();
  }

  private static BigInteger refunded(List<Ruling> rulings, Predicate<Ruling> which) {
    return sum(
        rulings.stream()
            .filter(which)
            .map(ruling -> BigInteger.valueOf(ruling.refund().refundedAmount())));
  }

  private static BigInteger sum(Stream<BigInteger> amounts) {
    return amounts.reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static Capture capture(OrderHistory order, String id) {
    return order.captures().stream()
        .filter(capture -> capture.captureId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static String invoice(Capture capture) {
    var number = capture.klarnaReference();
    return number == null ? capture.captureId() : number;
  }

  private String date(Ruling ruling) {
    return ruling.refund().refundedAt().atZone(policies.timeZone()).toLocalDate().toString();
  }

  private static String text(Instant time) {
    return String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, time));
  }
}
