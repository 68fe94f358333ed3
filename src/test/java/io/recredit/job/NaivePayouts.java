package io.recredit.job;

import io.recredit.allocation.NaiveOutcome;
import io.recredit.job.PayoutReport.Part;
import io.recredit.job.PayoutReport.Row;
import io.recredit.job.PayoutReport.Totals;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the relations of payouts have to show, but for the sentences: worked out from the reports as
 * last read and what the second engine knows of refunds and captures, and nothing of the program.
 * Slow and plain.
 */
final class NaivePayouts {

  /** The columns that are compared, in the order of the rows here. */
  static final Map<String, String> COLUMNS = new LinkedHashMap<>();

  private static final List<String> TOTALS =
      List.of(
          "settlement_amount",
          "sale_amount",
          "return_amount",
          "fee_amount",
          "fee_correction_amount",
          "reversal_amount",
          "commission_amount",
          "charge_amount",
          "credit_amount",
          "repay_amount",
          "holdback_amount",
          "release_amount",
          "tax_amount",
          "opening_debt_balance_amount",
          "closing_debt_balance_amount",
          "deposit_amount",
          "fee_refund_amount");

  /** Types of rows that a total is the sum of. */
  private static final Map<String, String> SUMMED =
      Map.of(
          "SALE", "sale_amount",
          "RETURN", "return_amount",
          "REVERSAL", "reversal_amount",
          "FEE", "fee_amount",
          "FEE_REFUND", "fee_refund_amount",
          "COMMISSION", "commission_amount",
          "CHARGE", "charge_amount",
          "CREDIT", "credit_amount",
          "HOLDBACK", "holdback_amount",
          "RELEASE", "release_amount");

  private static final int DAYS = 14;

  static {
    COLUMNS.put(
        "payout",
        "payment_reference, payout_date, currency, "
            + String.join(", ", TOTALS)
            + ", difference, file_name");
    COLUMNS.put(
        "payout_transaction",
        "payment_reference, \"row\", type, detailed_type, amount, currency, order_id, capture_id, refund_id, order_reference, refund_reference, capture_reference, captured_at");
    COLUMNS.put(
        "refund_payout",
        "refund_id, order_id, payment_reference, payout_date, amount, matched_by, currency, refunded_amount, business_date, paid_currency");
    COLUMNS.put(
        "capture_payout",
        "capture_id, order_id, payment_reference, payout_date, amount, matched_by, currency, captured_amount, business_date, paid_currency");
    COLUMNS.put(
        "payout_difference",
        "kind, payment_reference, \"row\", payout_date, order_id, order_reference, refund_id, capture_id, currency, amount, expected_amount, expected_currency, last_payout_date");
  }

  static final Comparator<String> BY_CODE_POINT =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  /** A refund or a capture. */
  record Item(
      boolean isRefund,
      String id,
      @Nullable String otherId,
      String orderId,
      BigInteger amount,
      @Nullable String currency,
      Instant time,
      @Nullable String reference,
      @Nullable String duplicateOf) {

    private static final Comparator<Item> IN_TIME =
        Comparator.comparing(Item::time).thenComparing(Item::id, BY_CODE_POINT);

    /** Its document had no id for it. */
    boolean isUnnamed() {
      return isRefund && id.matches(Pattern.quote(orderId) + "#\\d+");
    }
  }

  /** What the payouts have of a refund or capture. */
  record Paid(Item item, String matchedBy, List<Shown> rows) {

    BigInteger sum() {
      return NaivePayouts.sum(rows.stream().map(Shown::amount));
    }

    /** Null where there are several. */
    @Nullable String currency() {
      var currencies = rows.stream().map(shown -> shown.row().currency()).distinct().toList();
      return currencies.size() == 1 ? currencies.get(0) : null;
    }

    @Nullable LocalDate lastDate() {
      return rows.stream()
          .map(Shown::date)
          .filter(Objects::nonNull)
          .max(Comparator.naturalOrder())
          .orElse(null);
    }

    Shown first() {
      return rows.get(0);
    }
  }

  /** A row in its payout, with the usual sign as plus. */
  record Shown(Row row, @Nullable LocalDate date) {

    private static final Comparator<Shown> IN_ORDER =
        Comparator.comparing(
                Shown::date, Comparator.nullsLast(Comparator.<LocalDate>naturalOrder()))
            .thenComparing(shown -> shown.row().payout(), BY_CODE_POINT)
            .thenComparing(shown -> shown.row().number());

    BigInteger amount() {
      return row.amount();
    }

    @Nullable String id(boolean ofRefund) {
      return ofRefund ? row.refundId() : row.captureId();
    }

    @Nullable String reference(boolean ofRefund) {
      return ofRefund ? row.refundReference() : row.captureReference();
    }

    boolean isByKlarna() {
      return row.type().equals("REVERSAL")
          || (row.type().equals("RETURN") && "PAYMENT_DEFAULT".equals(row.detailedType()));
    }
  }

  private final SortedMap<String, PayoutReport> files;
  private final ZoneId zone;
  private final Set<String> erased;
  private final List<Item> refunds = new ArrayList<>();
  private final List<Item> captures = new ArrayList<>();
  private final Map<String, String> orderReferences = new TreeMap<>();
  private final Set<String> orders = new TreeSet<>();
  private final List<Shown> shown = new ArrayList<>();
  private final Map<Item, Paid> paid = new LinkedHashMap<>();
  private final List<Shown> unknown = new ArrayList<>();
  private final Map<String, List<LocalDate>> datesByCurrency = new TreeMap<>();
  private final Map<String, List<String>> rows = new LinkedHashMap<>();
  private final Set<Enum<?>> visited = new HashSet<>();

  /**
   * @param files as last read, by name
   */
  NaivePayouts(
      SortedMap<String, PayoutReport> files,
      NaiveInput input,
      NaiveTables tables,
      ZoneId zone,
      Set<String> erased) {
    this.files = files;
    this.zone = zone;
    this.erased = erased;
    COLUMNS.keySet().forEach(relation -> rows.put(relation, new ArrayList<>()));
    takeIn(input, tables);
    payouts().forEach(this::payout);
    shown.sort(Shown.IN_ORDER);
    match(true, refunds);
    match(false, captures);
    items(true, refunds);
    items(false, captures);
    differences();
  }

  /** By relation. */
  Map<String, List<String>> rows() {
    return rows;
  }

  Set<Enum<?>> visited() {
    return visited;
  }

  /** Whether what was and is paid out is so by other rows. */
  boolean isAnyPaidOtherwise(NaivePayouts before) {
    return paid.values().stream()
        .anyMatch(
            now ->
                before.paid.values().stream()
                    .anyMatch(
                        old ->
                            old.item().equals(now.item())
                                && old.item().isRefund()
                                && !old.first().row().equals(now.first().row())));
  }

  /** "P1.csv 3 RETURN,x". */
  List<String> rejected() {
    var rejected = new ArrayList<String>();
    files.forEach(
        (name, file) ->
            file.rejected()
                .forEach(
                    (row, raw) ->
                        rejected.add(
                            "%s %d %s"
                                .formatted(
                                    name,
                                    row,
                                    NaiveErasing.isOf(erased, raw) ? NaiveErasing.ERASED : raw))));
    return rejected;
  }

  private void takeIn(NaiveInput input, NaiveTables tables) {
    var otherIds = input.otherIds();
    orderReferences.putAll(input.orderReferences());
    for (var history : input.histories()) {
      orders.add(history.orderId());
      for (var capture : history.captures()) {
        captures.add(
            new Item(
                false,
                capture.captureId(),
                otherIds.get("captures " + capture.captureId()),
                capture.orderId(),
                BigInteger.valueOf(capture.capturedAmount()),
                capture.purchaseCurrency(),
                capture.capturedAt(),
                capture.reference(),
                null));
      }
    }
    for (var ruled : tables.ruled().values()) {
      var refund = ruled.ruling().refund();
      var outcome = ruled.ruling().outcome();
      refunds.add(
          new Item(
              true,
              refund.refundId(),
              otherIds.get("refunds " + refund.refundId()),
              refund.orderId(),
              BigInteger.valueOf(refund.refundedAmount()),
              outcome.currency(),
              refund.refundedAt(),
              refund.reference(),
              ruled.ruling().is(NaiveOutcome.DUPLICATE) ? outcome.duplicateOf() : null));
    }
    refunds.sort(Item.IN_TIME);
    captures.sort(Item.IN_TIME);
  }

  // Payouts

  private Set<String> payouts() {
    return files.values().stream()
        .flatMap(
            file ->
                Stream.concat(
                    file.rows().stream().map(Row::payout),
                    file.totals().stream().map(Totals::payout)))
        .collect(Collectors.toCollection(() -> new TreeSet<>(BY_CODE_POINT)));
  }

  private void payout(String payout) {
    var withTotals =
        last(file -> file.totals().stream().anyMatch(totals -> totals.payout().equals(payout)));
    var withRows = last(file -> file.rows().stream().anyMatch(row -> row.payout().equals(payout)));
    var main = Objects.requireNonNull(withTotals == null ? withRows : withTotals);
    var currency = part(main, payout).currency();
    var date = date(main, payout);
    if (date == null && withRows != null) {
      date = date(withRows, payout);
    }
    var filesOfRows = withRows == null ? List.<String>of() : files(withRows, payout);
    var its =
        withUsualSigns(filesOfRows.stream().flatMap(file -> rowsOf(report(file), payout)).toList());
    for (var row : its) {
      shown.add(new Shown(row, date));
      transaction(row);
    }
    var totals =
        withTotals == null
            ? null
            : report(withTotals).totals().stream()
                .filter(of -> of.payout().equals(payout))
                .findFirst()
                .orElseThrow()
                .amounts();
    if (date != null) {
      datesByCurrency.computeIfAbsent(currency, c -> new ArrayList<>()).add(date);
    }
    var values =
        Stream.concat(
                Stream.<@Nullable Object>of(payout, date, currency),
                TOTALS.stream().<@Nullable Object>map(name -> size(totals, name)))
            .collect(Collectors.toCollection(ArrayList::new));
    values.add(totals == null || its.isEmpty() ? null : difference(totals, its, currency));
    values.add(withTotals == null ? filesOfRows.get(0) : withTotals);
    row("payout", values.toArray());
  }

  private static @Nullable BigInteger size(@Nullable Map<String, BigInteger> totals, String name) {
    var total = totals == null ? null : totals.get(name);
    return total == null ? null : total.abs();
  }

  /** The last by name. */
  private @Nullable String last(Predicate<PayoutReport> which) {
    return files.entrySet().stream()
        .filter(file -> which.test(file.getValue()))
        .map(Map.Entry::getKey)
        .max(BY_CODE_POINT)
        .orElse(null);
  }

  private PayoutReport report(String file) {
    return Objects.requireNonNull(files.get(file));
  }

  private Part part(String file, String payout) {
    return report(file).parts().stream()
        .filter(part -> part.payout().equals(payout))
        .findFirst()
        .orElseThrow();
  }

  private @Nullable LocalDate date(String file, String payout) {
    var date = part(file, payout).date();
    return date == null ? null : date.in(zone);
  }

  /** The file; where it is a page, all pages in their order, of one place the last by name. */
  private List<String> files(String last, String payout) {
    if (part(last, payout).offset() == null) {
      return List.of(last);
    }
    var pages = new TreeMap<Long, String>();
    files.keySet().stream()
        .sorted(BY_CODE_POINT)
        .filter(name -> rowsOf(report(name), payout).findAny().isPresent())
        .forEach(
            name -> {
              var offset = part(name, payout).offset();
              if (offset != null) {
                pages.put(offset, name);
              }
            });
    return List.copyOf(pages.values());
  }

  private Stream<Row> rowsOf(PayoutReport report, String payout) {
    return report.rows().stream()
        .filter(row -> row.payout().equals(payout))
        .map(
            row ->
                row.orderId() != null && erased.contains(row.orderId())
                    ? row.withoutReferences()
                    : row);
  }

  private static List<Row> withUsualSigns(List<Row> rows) {
    return rows.stream()
        .map(
            row -> {
              var sum =
                  sum(
                      rows.stream()
                          .filter(other -> other.type().equals(row.type()))
                          .map(Row::amount));
              return sum.signum() < 0 ? row.of(row.amount().negate()) : row;
            })
        .toList();
  }

  private static BigInteger difference(
      Map<String, BigInteger> totals, List<Row> rows, String currency) {
    var difference = BigInteger.ZERO;
    for (var summed : SUMMED.entrySet()) {
      var total = totals.get(summed.getValue());
      if (total == null) {
        continue;
      }
      var sum = sum(rows, currency, summed.getKey());
      if (summed.getKey().equals("REVERSAL")) {
        sum = sum.subtract(sum(rows, currency, "REVERSAL_MERCHANT_PROTECTION"));
      }
      difference = difference.add(total.abs().subtract(sum.abs()).abs());
    }
    return difference;
  }

  private static BigInteger sum(List<Row> rows, String currency, String type) {
    return sum(
        rows.stream()
            .filter(row -> row.currency().equals(currency) && row.type().equals(type))
            .map(Row::amount));
  }

  static BigInteger sum(Stream<BigInteger> amounts) {
    return amounts.reduce(BigInteger.ZERO, BigInteger::add);
  }

  private void transaction(Row row) {
    row(
        "payout_transaction",
        row.payout(),
        row.number(),
        row.type(),
        row.detailedType(),
        row.amount(),
        row.currency(),
        row.orderId(),
        row.captureId(),
        row.refundId(),
        row.orderReference(),
        row.refundReference(),
        row.captureReference(),
        row.capturedAt() == null
            ? null
            : ChronoUnit.MICROS.between(Instant.EPOCH, row.capturedAt()));
  }

  // Matching

  private void match(boolean areRefunds, List<Item> items) {
    var left =
        shown.stream()
            .filter(row -> row.row().type().equals(areRefunds ? "RETURN" : "SALE"))
            .filter(row -> !row.isByKlarna())
            .collect(Collectors.toCollection(ArrayList::new));
    byId(areRefunds, items, left);
    for (var ofDuplicates : List.of(false, true)) {
      for (var ofTheSameReference : List.of(true, false)) {
        for (var row : List.copyOf(left)) {
          items.stream()
              .filter(item -> (item.duplicateOf() != null) == ofDuplicates)
              .filter(item -> !paid.containsKey(item))
              .filter(item -> isLikely(row, item))
              .filter(
                  item ->
                      !ofTheSameReference
                          || (item.reference() != null
                              && item.reference().equals(row.reference(areRefunds))))
              .findFirst()
              .ifPresent(
                  item -> {
                    visited.add(
                        ofTheSameReference
                            ? WalkEvent.A_PAYOUT_HAD_THE_SHOPS_REFERENCE
                            : WalkEvent.A_PAYOUT_HAD_AN_AMOUNT);
                    paid.put(item, new Paid(item, "AMOUNT", List.of(row)));
                    left.remove(row);
                  });
        }
      }
    }
    unknown.addAll(left);
  }

  private void byId(boolean areRefunds, List<Item> items, List<Shown> left) {
    var byItem = new LinkedHashMap<Item, List<Shown>>();
    for (var row : List.copyOf(left)) {
      var item = named(row.id(areRefunds), items);
      if (item != null) {
        byItem.computeIfAbsent(item, i -> new ArrayList<>()).add(row);
        left.remove(row);
        if (!item.id().equals(row.id(areRefunds))) {
          visited.add(WalkEvent.A_PAYOUT_HAD_THE_OTHER_ID);
        }
      }
    }
    var own = Set.copyOf(byItem.keySet());
    var ofIts = new LinkedHashMap<Item, List<Shown>>();
    byItem.forEach(
        (item, itsRows) -> {
          var original = item.duplicateOf() == null ? null : named(item.duplicateOf(), items);
          var whose = original == null || own.contains(original) ? item : original;
          if (!whose.equals(item)) {
            visited.add(WalkEvent.A_PAYOUT_HAD_A_DUPLICATE_FOR_ITS_ORIGINAL);
          }
          ofIts.computeIfAbsent(whose, i -> new ArrayList<>()).addAll(itsRows);
        });
    ofIts.forEach(
        (item, itsRows) -> {
          itsRows.sort(Shown.IN_ORDER);
          paid.put(item, new Paid(item, "ID", itsRows));
          if (itsRows.size() > 1) {
            visited.add(WalkEvent.A_PAYOUT_HAD_SEVERAL_ROWS_OF_ONE);
          }
        });
  }

  private static @Nullable Item named(@Nullable String id, List<Item> items) {
    if (id == null) {
      return null;
    }
    return Stream.<Function<Item, @Nullable String>>of(Item::id, Item::otherId)
        .flatMap(which -> items.stream().filter(item -> id.equals(which.apply(item))))
        .findFirst()
        .orElse(null);
  }

  /** By order, currency, amount and day, where the row names nothing that could be meant. */
  private boolean isLikely(Shown row, Item item) {
    return (row.id(item.isRefund()) == null || item.isUnnamed())
        && item.orderId().equals(order(row.row()))
        && row.row().currency().equals(item.currency())
        && row.amount().equals(item.amount())
        && (row.date() == null || !day(item).isAfter(row.date()));
  }

  /** Of which order it counts. */
  private @Nullable String order(Row row) {
    if (row.orderId() != null && orders.contains(row.orderId())) {
      return row.orderId();
    }
    var reference = row.orderReference();
    var named =
        orders.stream()
            .filter(order -> reference != null && reference.equals(orderReferences.get(order)))
            .toList();
    if (named.size() == 1) {
      visited.add(WalkEvent.A_PAYOUT_HAD_THE_ORDERS_REFERENCE);
      return named.get(0);
    }
    return null;
  }

  private LocalDate day(Item item) {
    return LocalDate.ofInstant(item.time(), zone);
  }

  private void items(boolean areRefunds, List<Item> items) {
    for (var item : items) {
      var its = paid.get(item);
      row(
          areRefunds ? "refund_payout" : "capture_payout",
          item.id(),
          item.orderId(),
          its == null ? null : its.first().row().payout(),
          its == null ? null : its.first().date(),
          its == null ? null : its.sum(),
          its == null ? null : its.matchedBy(),
          item.currency(),
          item.amount(),
          day(item),
          its == null ? null : its.currency());
    }
  }

  // Differences

  private void differences() {
    for (var its : paid.values()) {
      var item = its.item();
      if (!its.sum().equals(item.amount())
          || (item.currency() != null
              && its.rows().stream()
                  .anyMatch(row -> !row.row().currency().equals(item.currency())))) {
        ofItem(item.isRefund() ? "RETURN_AMOUNT" : "SALE_AMOUNT", its);
      }
      if (item.duplicateOf() != null
          && paid.keySet().stream()
              .anyMatch(other -> other.isRefund() && other.id().equals(item.duplicateOf()))) {
        ofItem("DUPLICATE_PAID", its);
      }
    }
    for (var row : unknown) {
      ofRow(row.row().type() + "_UNKNOWN", row);
    }
    shown.stream().filter(Shown::isByKlarna).forEach(row -> ofRow("MADE_BY_KLARNA", row));
    Stream.concat(refunds.stream(), captures.stream())
        .filter(item -> !paid.containsKey(item) && item.duplicateOf() == null && isMissing(item))
        .forEach(
            item ->
                difference(
                    item.isRefund() ? "RETURN_MISSING" : "SALE_MISSING",
                    null,
                    null,
                    null,
                    item.orderId(),
                    orderReferences.get(item.orderId()),
                    item.isRefund() ? item.id() : null,
                    item.isRefund() ? null : item.id(),
                    item.currency(),
                    null,
                    item.amount(),
                    item.currency(),
                    null));
  }

  private boolean isMissing(Item item) {
    var dates =
        item.currency() == null
            ? List.<LocalDate>of()
            : datesByCurrency.getOrDefault(item.currency(), List.of());
    var day = day(item);
    return dates.stream().anyMatch(date -> day.plusDays(DAYS).isBefore(date))
        && dates.stream().anyMatch(date -> !day.isBefore(date));
  }

  private void ofItem(String kind, Paid its) {
    var item = its.item();
    var isOfAmount = kind.endsWith("_AMOUNT");
    difference(
        kind,
        its.first().row().payout(),
        its.first().row().number(),
        its.first().date(),
        item.orderId(),
        orderReferences.get(item.orderId()),
        item.isRefund() ? item.id() : null,
        item.isRefund() ? null : item.id(),
        its.currency(),
        its.sum(),
        isOfAmount ? item.amount() : null,
        isOfAmount ? item.currency() : null,
        its.lastDate());
  }

  private void ofRow(String kind, Shown row) {
    difference(
        kind,
        row.row().payout(),
        row.row().number(),
        row.date(),
        row.row().orderId(),
        Optional.ofNullable(row.row().orderId())
            .map(orderReferences::get)
            .orElse(row.row().orderReference()),
        row.row().refundId(),
        row.row().captureId(),
        row.row().currency(),
        row.amount(),
        null,
        null,
        row.date());
  }

  private void difference(String kind, @Nullable Object... values) {
    visited.add(Difference.valueOf(kind));
    row("payout_difference", Stream.concat(Stream.of(kind), Arrays.stream(values)).toArray());
  }

  /** Kinds that walks must reach. */
  enum Difference {
    RETURN_AMOUNT,
    SALE_AMOUNT,
    RETURN_UNKNOWN,
    SALE_UNKNOWN,
    RETURN_MISSING,
    SALE_MISSING,
    DUPLICATE_PAID,
    MADE_BY_KLARNA
  }

  private void row(String relation, @Nullable Object... values) {
    Objects.requireNonNull(rows.get(relation))
        .add(
            Arrays.stream(values)
                .map(value -> Objects.toString(value, "-"))
                .collect(Collectors.joining("|")));
  }
}
