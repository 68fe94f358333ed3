package io.recredit.allocation;

import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One random order history per seed, valid by rules.md, part 3 and made to hit on the rare turns of
 * part 2: few references, captures and points in time, amounts that collide, refunds cut from what
 * was captured and then spoiled a little.
 */
public final class HistoryGenerator {

  private static final Instant START = Instant.parse("2026-11-20T23:59:59.999990Z");
  private static final String ORDER = "order";
  private static final String CURRENCY = "SEK";
  private static final String OTHER_CURRENCY = "EUR";
  private static final String NOWHERE = "nowhere";
  private static final String RETURN_FEE = "return_fee";

  /** Equal but for case, spaces, or the way an accent is written. */
  private static final List<String> REFERENCES =
      List.of("A", "a", "A ", " A", "B", "b", "\u00e9", "e\u0301", "\uff5e", "\ud83d\ude00", "AB");

  /**
   * By code point "～" (U+FF5E) stands before "😀" (U+1F600), by UTF-16 unit behind it; and a prefix
   * stands before what it begins.
   */
  private static final List<String> IDS =
      List.of(
          "\ud83d\ude00", "\uff5e", "\ue000", "1", "10", "2", "c", "C", "c ", "\ud83d\ude00\uff5e");

  private static final List<String> KEYS = List.of("key", "Key", "key ", "k\ud83d\ude00");

  /** What a history is about: numbers are percentages but for the counts of captures. */
  private enum Flavour {
    /** A bit of everything. */
    ORDINARY(1, 3, 4, 14, 8, 4, 30, 8),
    /** The same articles in every capture: which of them takes it? */
    SHARED(2, 4, 2, 22, 0, 1, 15, 2),
    /** Refunds that no capture covers. */
    SPLIT(2, 4, 4, 8, 0, 0, 85, 2),
    /** One capture, where lines hardly matter. */
    SOLE(1, 1, 3, 14, 30, 10, 0, 8),
    /** The shop keeps a fee. */
    RETURNS(1, 1, 3, 10, 4, 80, 0, 4),
    /** Hardly anything is right. */
    WILD(0, 5, 4, 20, 15, 12, 40, 45);

    private final int fewestCaptures;
    private final int mostCaptures;
    private final int references;
    private final int named;
    private final int lineless;
    private final int fees;
    private final int across;
    private final int noise;

    Flavour(
        int fewestCaptures,
        int mostCaptures,
        int references,
        int named,
        int lineless,
        int fees,
        int across,
        int noise) {
      this.fewestCaptures = fewestCaptures;
      this.mostCaptures = mostCaptures;
      this.references = references;
      this.named = named;
      this.lineless = lineless;
      this.fees = fees;
      this.across = across;
      this.noise = noise;
    }
  }

  private final SplittableRandom random;
  private final List<String> references;
  private final List<String> captureIds;
  private final List<String> refundIds;
  private final ChronoUnit tick;
  private final boolean taxed;
  private long unit = 1;

  public HistoryGenerator(long seed) {
    random = new SplittableRandom(seed);
    references = shuffled(REFERENCES);
    captureIds = shuffled(IDS);
    refundIds = shuffled(IDS);
    tick = pick(List.of(ChronoUnit.MICROS, ChronoUnit.SECONDS, ChronoUnit.HOURS));
    taxed = chance(75);
  }

  public OrderHistory history() {
    var kind = random.nextInt(1000);
    if (kind < 3) {
      return pastTwoHundredRefunds();
    }
    if (kind < 8) {
      return pastFiveHundredOperations();
    }
    if (kind < 40) {
      return linesThatOverflow();
    }
    if (kind < 100) {
      unit = Long.MAX_VALUE / between(3, 40);
    } else if (kind < 280) {
      return refundsThatSpan();
    } else if (kind < 380) {
      return namedRefundsBeforeChoices();
    }
    return orderOf(
        pick(
            List.of(
                Flavour.ORDINARY,
                Flavour.ORDINARY,
                Flavour.SHARED,
                Flavour.SHARED,
                Flavour.SPLIT,
                Flavour.SPLIT,
                Flavour.SPLIT,
                Flavour.SOLE,
                Flavour.RETURNS,
                Flavour.WILD)));
  }

  private OrderHistory orderOf(Flavour flavour) {
    var captures = new ArrayList<Capture>();
    var count = between(flavour.fewestCaptures, flavour.mostCaptures);
    if (flavour.mostCaptures == 1 && chance(20)) {
      count++;
    }
    for (var i = 0; i < count; i++) {
      captures.add(capture(captureIds.get(i), i == 0 || chance(70) ? 2 : 9, flavour));
      if (i == 1 && flavour.mostCaptures == 1 && chance(60)) {
        captures.set(1, inOtherCurrency(captures.get(1)));
      }
    }
    var refunds = new ArrayList<Refund>();
    count = between(1, 7);
    for (var i = 0; i < count; i++) {
      refunds.add(refund(refundIds.get(i), captures, flavour));
    }
    return history(captures, refunds, releases(flavour == Flavour.RETURNS ? 60 : 15));
  }

  private OrderHistory history(
      List<Capture> captures, List<Refund> refunds, List<Release> releases) {
    return new OrderHistory(ORDER, shuffled(captures), shuffled(refunds), releases);
  }

  private List<Release> releases(int percent) {
    return chance(percent) ? List.of(new Release(ORDER, time(between(0, 9)))) : List.of();
  }

  // Captures

  private Capture capture(String id, int latest, Flavour flavour) {
    var lines = new ArrayList<OrderLine>();
    var count = chance(flavour.mostCaptures == 1 ? 20 : 4) ? 0 : between(1, 4);
    for (var i = 0; i < count; i++) {
      lines.add(capturedLine(flavour));
    }
    keepWithin64Bits(lines);
    var sum = sum(lines);
    var amount = sum < 1 ? amount() : sum;
    if (chance(30)) {
      amount = chance(50) ? amount() : nearby(amount);
    }
    return new Capture(
        id,
        ORDER,
        amount,
        time(between(0, latest)),
        chance(85) ? "SE" : "US",
        chance(94) ? CURRENCY : OTHER_CURRENCY,
        chance(40) ? null : Long.valueOf(chance(40) ? amount : nearby(amount)),
        null,
        null,
        lines);
  }

  private static Capture inOtherCurrency(Capture capture) {
    return new Capture(
        capture.captureId(),
        capture.orderId(),
        capture.capturedAmount(),
        capture.capturedAt(),
        capture.purchaseCountry(),
        OTHER_CURRENCY,
        capture.orderAmount(),
        null,
        null,
        capture.orderLines());
  }

  private OrderLine capturedLine(Flavour flavour) {
    var reference =
        chance(Math.min(8, 1 + flavour.noise))
            ? null
            : references.get(random.nextInt(flavour.references));
    var amount = chance(12) ? -amount() : chance(4) ? 0 : amount();
    return line(reference, chance(2) ? RETURN_FEE : chance(3) ? "sales_tax" : "physical", amount);
  }

  // Refunds

  private Refund refund(String id, List<Capture> captures, Flavour flavour) {
    var moment = between(chance(15) ? 0 : 2, 9);
    var at = time(moment);
    var known =
        captures.stream()
            .filter(capture -> !capture.capturedAt().isAfter(at))
            .filter(capture -> capture.purchaseCurrency().equals(CURRENCY) || chance(20))
            .toList();
    var named = chance(flavour.named) ? nameOf(captures, known) : null;
    if ((named != null && chance(40)) || chance(flavour.lineless)) {
      return refund(id, at, namedOrSole(captures, named), named, List.of());
    }
    var lines = goods(known, flavour);
    if (chance(flavour.fees)) {
      addFees(lines);
    } else if (named != null && chance(40)) {
      lines.add(line(pick(references.subList(0, 2)), RETURN_FEE, -small()));
    }
    keepWithin64Bits(lines);
    raiseToOne(lines);
    Collections.shuffle(lines, new Random(random.nextLong()));
    var amount = sum(lines);
    if (chance(named != null ? 30 : Math.min(12, flavour.noise))) {
      amount = nearby(amount);
    }
    return refund(id, at, amount, named, lines);
  }

  private Refund refund(
      String id, Instant at, long amount, @Nullable String named, List<OrderLine> lines) {
    var currency = chance(55) ? null : chance(95) ? CURRENCY : OTHER_CURRENCY;
    var key = chance(12) ? pick(KEYS) : chance(30) ? "key of " + id : null;
    return new Refund(id, ORDER, amount, at, currency, named, null, null, key, lines);
  }

  private String nameOf(List<Capture> captures, List<Capture> known) {
    if (captures.isEmpty() || chance(8)) {
      return pick(List.of(NOWHERE, captureIds.get(captures.size())));
    }
    return pick(known.isEmpty() || chance(15) ? captures : known).captureId();
  }

  private long namedOrSole(List<Capture> captures, @Nullable String named) {
    var about =
        captures.stream()
            .filter(capture -> named == null || capture.captureId().equals(named))
            .findFirst();
    if (about.isEmpty() || chance(60)) {
      return small();
    }
    return chance(60) ? about.get().capturedAmount() : nearby(about.get().capturedAmount());
  }

  /** Lines cut from those of one capture or of several, then spoiled as the flavour has it. */
  private List<OrderLine> goods(List<Capture> known, Flavour flavour) {
    var lines = new ArrayList<OrderLine>();
    if (known.isEmpty() || chance(10)) {
      var count = between(1, 3);
      for (var i = 0; i < count; i++) {
        lines.add(line(references.get(random.nextInt(flavour.references)), "physical", small()));
      }
    } else if (chance(flavour.across)) {
      var source = shuffled(known);
      source.subList(0, Math.min(source.size(), between(2, 3))).forEach(c -> cut(c, lines));
    } else {
      cut(pick(known), lines);
    }
    if (chance(15 + flavour.noise)) {
      addDiscount(lines, flavour);
    }
    if (chance(8)) {
      lines.add(line(pick(references.subList(0, flavour.references)), "physical", 0));
    }
    if (chance(flavour.noise)) {
      lines.add(line(chance(50) ? null : pick(references), "return fee", small()));
    }
    if (chance(1 + flavour.noise / 4)) {
      withoutReferences(lines);
    }
    return lines;
  }

  private void withoutReferences(List<OrderLine> lines) {
    lines.replaceAll(line -> line(null, line.type(), line.totalAmount()));
  }

  /** Some of a capture's lines, whole or in part. */
  private void cut(Capture capture, List<OrderLine> lines) {
    var all = shuffled(capture.orderLines());
    if (all.isEmpty()) {
      lines.add(line(pick(references), "physical", small()));
      return;
    }
    for (var line : all.subList(0, between(1, Math.min(all.size(), 3)))) {
      var reference = line.reference() == null && chance(70) ? references.get(0) : line.reference();
      var amount = line.totalAmount();
      if (chance(60) && amount != Long.MIN_VALUE) {
        amount = Long.signum(amount) * Math.min(Math.abs(amount), small());
      }
      var type = chance(4) ? "Return_Fee" : "physical";
      lines.add(line(reference, type, chance(4) ? nearby(Math.max(1, amount)) : amount));
    }
  }

  /** A line below zero, sometimes with as much above it elsewhere so that a capture nets to 0. */
  private void addDiscount(List<OrderLine> lines, Flavour flavour) {
    var discount = chance(60) ? small() : Math.max(1, lines.get(0).totalAmount());
    var known = references.subList(0, flavour.references);
    lines.add(line(chance(50) ? lines.get(0).reference() : pick(known), "discount", -discount));
    if (chance(60)) {
      lines.add(line(pick(known), "physical", discount));
    }
  }

  private void addFees(List<OrderLine> lines) {
    if (chance(12)) {
      withoutReferences(lines);
    }
    var count = chance(80) ? 1 : 2;
    for (var i = 0; i < count; i++) {
      var amount = chance(85) ? -small() : chance(50) ? 0 : small();
      lines.add(line(chance(60) ? null : pick(references), RETURN_FEE, amount));
    }
  }

  // The rare ones

  private OrderHistory pastTwoHundredRefunds() {
    var latest = chance(30) ? 200 : 1;
    var captures = List.of(plainCapture(latest - 1, 1000), plainCapture(latest, 1000));
    var refunds = new ArrayList<Refund>();
    var count = between(202, 212);
    for (var i = 0; i < count; i++) {
      refunds.add(plainRefund(i, 10 + i / 2, captures.get(i % 2).captureId()));
    }
    return history(captures, refunds, releases(50));
  }

  private OrderHistory pastFiveHundredOperations() {
    return chance(50) ? theReleaseTipsTheLimit() : captures500OrSo();
  }

  private OrderHistory captures500OrSo() {
    var captures = plainCaptures(between(494, 503));
    var refunds = new ArrayList<Refund>();
    for (var i = 0; i < 6; i++) {
      var named = chance(85) ? pick(captures).captureId() : null;
      refunds.add(plainRefund(i, between(494, captures.size() + 1), named));
    }
    return history(captures, refunds, List.of());
  }

  /**
   * The release has the time of a refund that would be operation 500 without it, or of the one
   * after that.
   */
  private OrderHistory theReleaseTipsTheLimit() {
    var tied = between(1, 5);
    var captures = plainCaptures(500 - tied - between(0, 1));
    var refunds = new ArrayList<Refund>();
    for (var i = 0; i < 6; i++) {
      refunds.add(plainRefund(i, captures.size() + i, pick(captures).captureId()));
    }
    var release = new Release(ORDER, time(captures.size() + tied));
    return history(captures, refunds, List.of(release));
  }

  private List<Capture> plainCaptures(int count) {
    return IntStream.range(0, count).mapToObj(i -> plainCapture(i, 5)).toList();
  }

  private Capture plainCapture(int number, long amount) {
    var currency = number % 50 == 7 ? OTHER_CURRENCY : CURRENCY;
    var lines = List.of(line("R" + number, "physical", amount));
    return new Capture(
        "c" + number, ORDER, amount, time(number), "SE", currency, null, null, null, lines);
  }

  private Refund plainRefund(int number, int moment, @Nullable String named) {
    var lines = named == null ? List.of(line("R1", "physical", 1)) : List.<OrderLine>of();
    var key = chance(2) ? "key" : null;
    return new Refund("r" + number, ORDER, 1, time(moment), null, named, null, null, key, lines);
  }

  /**
   * Refunds whose lines are huge and nearly cancel: each fits 64 bits, what they take of a
   * reference together does not, and the last ones depend on it.
   */
  private OrderHistory linesThatOverflow() {
    var here = references.get(0);
    var there = references.get(1);
    var captures = new ArrayList<Capture>();
    for (var i = 0; i < 3; i++) {
      var lines = List.of(line(here, "physical", small()), line(there, "physical", small()));
      captures.add(
          new Capture(
              captureIds.get(i), ORDER, 40, time(i), "SE", CURRENCY, null, null, null, lines));
    }
    var refunds = new ArrayList<Refund>();
    var count = between(2, 5);
    for (var i = 0; i < count; i++) {
      var huge = Long.MAX_VALUE / 2 - between(0, 5);
      var sign = chance(80) ? 1 : -1;
      var lines =
          List.of(
              line(here, "physical", sign * huge), line(there, "physical", -sign * (huge - sign)));
      refunds.add(
          refund(refundIds.get(i), time(3), 1, chance(80) ? captureIds.get(0) : null, lines));
    }
    for (var i = 0; i < 3; i++) {
      var lines = new ArrayList<>(List.of(line(here, "physical", small())));
      if (chance(50)) {
        lines.add(line(there, "physical", small()));
      }
      refunds.add(refund(refundIds.get(count + i), time(4 + i), sum(lines), null, lines));
    }
    return history(captures, refunds, List.of());
  }

  /**
   * Every capture has an article of its own and one that all have, with signs of all kinds; every
   * refund is of articles of several captures.
   */
  private OrderHistory refundsThatSpan() {
    var shared = references.get(0);
    var captures = new ArrayList<Capture>();
    var count = between(2, 3);
    for (var i = 1; i <= count; i++) {
      var lines = new ArrayList<OrderLine>();
      lines.add(line(references.get(i), "physical", between(2, 12)));
      lines.add(line(chance(90) ? shared : references.get(i), "physical", between(-6, 8)));
      if (chance(25)) {
        lines.add(line(references.get(4), "physical", between(-4, 6)));
      }
      var amount = Math.max(1, sum(lines) + between(-3, 9));
      captures.add(
          new Capture(
              captureIds.get(i),
              ORDER,
              amount,
              time(between(0, 2)),
              "SE",
              CURRENCY,
              null,
              null,
              null,
              lines));
    }
    var refunds = new ArrayList<Refund>();
    for (var i = 0; i < 5; i++) {
      var lines = new ArrayList<OrderLine>();
      lines.add(line(references.get(1), "physical", between(1, 3)));
      if (chance(70)) {
        lines.add(line(references.get(2), "physical", between(-1, 3)));
      }
      if (chance(20)) {
        var amount = between(1, 4);
        lines.add(line(references.get(2), "physical", amount));
        lines.add(line(shared, "discount", -amount));
      }
      for (var more = between(0, 2); more > 0; more--) {
        lines.add(line(shared, "physical", chance(15) ? 0 : between(-5, 5)));
      }
      if (chance(20)) {
        lines.add(line(pick(references.subList(0, 5)), "physical", between(-1, 1)));
      }
      if (chance(30)) {
        lines.removeIf(line -> !shared.equals(line.reference()));
      }
      raiseToOne(lines);
      var named = chance(10) ? pick(captures).captureId() : null;
      refunds.add(
          refund(refundIds.get(i), time(between(2, 9)), sum(lines), named, shuffled(lines)));
    }
    return history(captures, refunds, List.of());
  }

  /**
   * Refunds of a named capture, whose lines count where they sum to the refund, and then refunds
   * that several captures could take.
   */
  private OrderHistory namedRefundsBeforeChoices() {
    var articles = references.subList(0, 2);
    var captures = new ArrayList<Capture>();
    for (var i = 0; i < 2; i++) {
      var lines = List.of(lineOf(articles, 2, 8), lineOf(articles, -4, 6), lineOf(articles, 0, 4));
      captures.add(
          new Capture(
              captureIds.get(i), ORDER, 30, time(i), "SE", CURRENCY, null, null, null, lines));
    }
    var refunds = new ArrayList<Refund>();
    var count = between(1, 3);
    for (var i = 0; i < count; i++) {
      var lines = new ArrayList<>(List.of(lineOf(articles, 1, 5), lineOf(articles, -3, 3)));
      if (chance(50)) {
        lines.add(line(pick(articles), RETURN_FEE, between(-4, 2)));
      }
      raiseToOne(lines);
      var amount = chance(60) ? sum(lines) : between(1, 6);
      refunds.add(refund(refundIds.get(i), time(2), amount, captureIds.get(0), lines));
    }
    for (var i = 0; i < 3; i++) {
      var lines = new ArrayList<>(List.of(lineOf(articles, 1, 3)));
      if (chance(40)) {
        lines.add(lineOf(articles, -2, 2));
        raiseToOne(lines);
      }
      refunds.add(refund(refundIds.get(count + i), time(3 + i), sum(lines), null, lines));
    }
    return history(captures, refunds, List.of());
  }

  // Amounts and lines

  private OrderLine lineOf(List<String> articles, int least, int most) {
    return line(pick(articles), "physical", between(least, most));
  }

  private OrderLine line(@Nullable String reference, @Nullable String type, long amount) {
    var tax = taxed && chance(95) ? Long.valueOf(amount / 5) : null;
    return new OrderLine(reference, type, null, null, null, null, amount, tax);
  }

  private long amount() {
    return between(1, unit > 1 ? 3 : 10) * unit;
  }

  private long small() {
    return chance(70) ? Math.max(1, unit / between(1, 3)) : Math.min(amount(), 4 * (unit / 2 + 1));
  }

  /** One less, one more, or about twice as much; at least 1. */
  private long nearby(long amount) {
    return switch (random.nextInt(3)) {
      case 0 -> Math.max(1, amount - 1);
      case 1 -> amount == Long.MAX_VALUE ? amount : amount + 1;
      default ->
          amount > Long.MAX_VALUE / 2
              ? Long.MAX_VALUE
              : amount + Math.min(amount(), Long.MAX_VALUE / 2);
    };
  }

  /**
   * A record's lines may hold 64 bits together, signs aside: what would be more than half of that
   * is left out, which leaves {@link #raiseToOne} the other half.
   */
  private static void keepWithin64Bits(List<OrderLine> lines) {
    while (lines.stream()
            .map(line -> BigInteger.valueOf(line.totalAmount()).abs())
            .reduce(BigInteger.ZERO, BigInteger::add)
            .bitLength()
        > 62) {
      lines.remove(lines.size() - 1);
    }
  }

  /** Raises the first line so that the lines are worth at least 1, as a refund is. */
  private void raiseToOne(List<OrderLine> lines) {
    if (lines.isEmpty()) {
      lines.add(line(references.get(0), "physical", 1));
    }
    var sum = sum(lines);
    if (sum < 1) {
      var first = lines.get(0);
      lines.set(0, line(first.reference(), first.type(), first.totalAmount() + 1 - sum));
    }
  }

  private static long sum(List<OrderLine> lines) {
    return lines.stream().mapToLong(OrderLine::totalAmount).sum();
  }

  private Instant time(int moment) {
    return START.plus(moment, tick);
  }

  // Chance

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  private <T> T pick(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  private <T> List<T> shuffled(List<T> items) {
    var copy = new ArrayList<>(items);
    Collections.shuffle(copy, new Random(random.nextLong()));
    return copy;
  }
}
