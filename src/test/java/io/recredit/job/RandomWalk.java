package io.recredit.job;

import static io.recredit.job.WalkEvent.*;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.Policies;
import io.recredit.allocation.Policies.Ambiguous;
import io.recredit.allocation.Policies.Evidence;
import io.recredit.allocation.Policies.Resolved;
import io.recredit.allocation.Policies.Spanning;
import io.recredit.allocation.Resolution;
import io.recredit.closing.Reopening;
import io.recredit.erasing.Erasing;
import io.recredit.input.OwnInput;
import io.recredit.ledger.ClosedPeriod;
import io.recredit.pruning.Pruning;
import io.recredit.resolution.ResolutionRequest;
import io.recredit.run.Run;
import io.recredit.run.RunRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Goes at random through deliveries, commands, failures and changes of policies, and ends with the
 * last version of every file read under the last policies. {@link LawChecks} holds the tables
 * against the law behind every command.
 */
abstract class RandomWalk extends JobTest {

  private static final List<String> DAYS = List.of(DAY, NEXT_DAY, DAY_AFTER, "2026-11-23");
  private static final String LAST_DAY = DAYS.get(DAYS.size() - 1);
  private static final int ORDERS = 100;
  private static final int PAID_ORDERS = 15;
  private static final int PLAIN_ORDERS = 4_100;
  private static final int STEPS = 12;
  private static final int STEPS_WHEN_LARGE = 3;
  private static final int STEPS_BEHIND_PRUNING = 3;
  private static final Duration ELEVEN_YEARS = Duration.ofDays(11 * 366);

  private static final List<String> ZONES =
      List.of("UTC", "Europe/Stockholm", "Australia/Lord_Howe", "Pacific/Kiritimati");

  /** Tables that a run may fail at. */
  private static final List<String> WRITTEN =
      List.of(
          "capture_staging",
          "refund_staging",
          "document",
          "refusal",
          "event",
          "refusal_staging",
          "event_staging",
          "refusal_decision",
          "refund_evidence",
          "book_line",
          "journal",
          "rejected_record",
          "capture",
          "refund",
          "order_to_decide",
          "decision",
          "exception_text",
          "credit",
          "decided_range",
          "lines_read",
          "proved_range",
          "input_file",
          "payout_file",
          "payout_part",
          "payout_row",
          "payout_type",
          "payout",
          "payout_match",
          "payout_rejected");

  private static final List<String> WRITTEN_BY_RESOLVING =
      List.of(
          "resolution",
          "order_to_decide",
          "decision",
          "rules_decision",
          "credit",
          "decided_range",
          "proved_range",
          "payout_match");

  private static final List<String> WRITTEN_BY_ERASING =
      List.of(
          "order_to_decide",
          "exception_text",
          "book_line",
          "decided_range",
          "proved_range",
          "payout_match");

  /** Of the input: "refunds r-1". */
  private static final String WRITTEN_BY_THE_LAST_RUN =
      """
      with last as (select max(run_id) as run_id from run)
      select 'captures ' || capture_id from capture where since_run = (select run_id from last)
      union select 'refunds ' || refund_id from refund where since_run = (select run_id from last)
      union select 'releases ' || order_id from release where since_run = (select run_id from last)
      union select 'orders ' || document_id from document where since_run = (select run_id from last)
      union select 'refusals ' || refusal_id from refusal where since_run = (select run_id from last)
      union select 'events ' || event_id from event where since_run = (select run_id from last)
      """;

  @Autowired private Reopening reopening;
  @Autowired private Erasing erasing;
  @Autowired private Pruning pruning;

  private final List<String> steps = new ArrayList<>();
  private final Map<FileName, List<FileLine>> delivered = new TreeMap<>();
  private final Map<String, PayoutReport> inPayouts = new TreeMap<>();
  private final Map<String, PayoutReport> everInPayouts = new HashMap<>();
  private Random random = new Random();
  private LawChecks law = new LawChecks(this, Set.of());
  private Policies policies = Policies.DEFAULT;
  private Instant now = Instant.parse("2026-11-23T03:00:00Z");
  private boolean failing;

  /** How many runs were compared on the way, and of how many orders in the end. */
  record Walked(int runs, int orders) {}

  final Walked walk(long seed, boolean large, Set<Enum<?>> reached) {
    random = new Random(seed);
    law = new LawChecks(this, reached);
    try {
      walk(seed, policiesOf(seed), Math.floorMod(seed, 3) == 1, large);
      return law.walked();
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError(
          "-Drecredit.seed=%d -Drecredit.walks=1%n%s%n%s"
              .formatted(seed, String.join("\n", steps), failure.getMessage()),
          failure);
    }
  }

  private void walk(long seed, Policies last, boolean giants, boolean large) {
    var orders = new GeneratedOrders(random, new Random(seed + 1));
    orders.addAny(ORDERS, last, giants);
    orders.addPaid(PAID_ORDERS);
    if (large) {
      orders.addPlain(PLAIN_ORDERS);
    }
    var payouts = new GeneratedPayouts(random, orders);
    var files = new GeneratedFeed(random, orders, DAYS);
    var others = List.of(Policies.DEFAULT, policiesOf(random.nextLong()), last);
    var late = lateFiles(files.names());
    files.names().stream()
        .filter(file -> !late.contains(file))
        .forEach(file -> deliver(files.another(file, List.of())));
    for (var i = 0; i < (large ? STEPS_WHEN_LARGE : STEPS); i++) {
      for (var more = 1 + random.nextInt(3); more > 0; more--) {
        var file = pick(chance(20) ? late : files.names());
        deliver(files.another(file, delivered.getOrDefault(file, List.of())));
      }
      if (chance(25)) {
        change(pick(others));
      }
      deliverSome(payouts);
      step();
      resolvesome();
      closeOrOpen();
      if (chance(40)) {
        eraseSome();
      }
    }
    end(files, payouts, last);
  }

  /** One, or with it the documents of its day, beside which no other file is missing. */
  private List<FileName> lateFiles(List<FileName> names) {
    var needed = names.stream().filter(file -> file.kind().matches("captures|refunds")).toList();
    var late = pick(chance(50) ? needed : names);
    var documents = new FileName("orders", late.day());
    return chance(30) || !names.contains(documents) ? List.of(late) : List.of(late, documents);
  }

  private void step() {
    var from = random.nextInt(DAYS.size());
    var to = DAYS.get(from + random.nextInt(DAYS.size() - from));
    var withdraw = chance(35);
    var request =
        switch (random.nextInt(10)) {
          case 0, 1, 2, 3 -> request(Run.Kind.NIGHTLY, DAYS.get(from), DAYS.get(from), withdraw);
          case 4 -> withoutFiles(request(Run.Kind.RERUN, DAYS.get(from), to, withdraw));
          default -> request(Run.Kind.RERUN, DAYS.get(from), to, withdraw);
        };
    maybeFailing();
    while (!run(request) && readBy(request).isPresent() && chance(50)) {
      if (chance(30)) {
        steps.add("the process died");
        law.reached(A_PROCESS_DIED);
        processDied();
      }
      maybeFailing();
    }
  }

  /** Whatever was at work before: the last version of every file is read, in any order. */
  private void end(GeneratedFeed files, GeneratedPayouts payouts, Policies last) {
    payouts.names().forEach(name -> deliver(name, payouts.last(name)));
    files.last().forEach((file, lines) -> deliver(new Delivery(file, lines)));
    var days = new ArrayList<>(DAYS);
    Collections.shuffle(days, random);
    var lastChange = random.nextInt(days.size());
    for (var i = 0; i < days.size(); i++) {
      if (i == lastChange) {
        change(last);
      }
      var kind = chance(50) ? Run.Kind.NIGHTLY : Run.Kind.RERUN;
      maybeFailing();
      untilDone(request(kind, days.get(i), days.get(i), true));
      resolvesome();
    }
    for (var policies : List.of(Policies.DEFAULT, last)) { // a change, and one back
      change(policies);
      untilDone(request(Run.Kind.RERUN, DAY, LAST_DAY, false));
    }
    untilDone(request(Run.Kind.RERUN, DAY, LAST_DAY, false));
    assertThat(
            number("select count(*) from decision where since_run = (select max(run_id) from run)"))
        .as("decisions of a rerun without news")
        .isZero();
    readAllOfItByAnotherVersion();
    law.holdsInTheEnd(files.last());

    var walked = law.everythingComparable();
    var reports = law.reports();
    pruneAndGoOn(files, payouts, walked);
    files.last().forEach((file, lines) -> deliver(new Delivery(file, lines)));
    List.copyOf(inPayouts.keySet()).forEach(this::removePayout);
    reports.forEach(this::deliver);
    startWithTheResolutionsAndErasedOrdersAlone();
    policy(before -> last);
    rerun(DAY, LAST_DAY);
    LawChecks.assertSame("one run over everything", law.everythingComparable(), walked);
  }

  // Commands

  private void untilDone(RunRequest request) {
    while (!run(request)) {
      assertThat(steps).hasSizeLessThan(1_000);
    }
  }

  /** Whether it finished. */
  private boolean run(RunRequest request) {
    now = now.plus(Duration.ofHours(7));
    clock.set(now.toString());
    var read = readBy(request);
    var finished = new ArrayList<Run>();
    var refused = refused(() -> command(request, finished));
    steps.add("%s: %s %s".formatted(request, refused, said));
    var mayFail = failing;
    failing = false;
    failNoMore();
    noteWhatWasSaid(request);
    if (finished.isEmpty()) {
      law.nothingIsShownOfIt();
      failed(refused.getMessage(), request, read, mayFail);
      return false;
    }
    assertThat(read).isPresent();
    assertThat(request.withdraw() || wasSaid("carried on") || !law.refuses(read.orElseThrow()))
        .as("readings that are hardly meant are refused")
        .isTrue();
    law.holdsBehind(
        finished.get(0),
        read.orElseThrow(),
        wasSaid("carried on") ? payoutsAsRead() : folderOfPayouts(request),
        policies);
    return true;
  }

  /** Some exceptions, all of them or none. */
  private void resolvesome() {
    now = now.plus(Duration.ofHours(1));
    clock.set(now.toString());
    var resolved = RandomResolutions.choose(law, now, random);
    resolved.entrySet().removeIf(law::isResolvedAlready);
    if (!resolved.isEmpty()) {
      maybeFailingAt(WRITTEN_BY_RESOLVING);
      resolve(resolved);
    }
  }

  private void resolve(Map<String, Optional<Resolution>> resolved) {
    var finished = new ArrayList<Run>();
    var asked =
        resolved.entrySet().stream()
            .map(RandomResolutions::asked)
            .toArray(ResolutionRequest[]::new);
    var refused = refused(() -> resolve(finished, asked));
    steps.add("resolved %s: %s %s".formatted(resolved, refused, said));
    var mayFail = failing;
    failing = false;
    failNoMore();
    if (wasSaid("undone")) {
      law.reached(A_RUN_WAS_UNDONE);
    }
    var isRefused = law.refusesToResolve(resolved, policies);
    if (finished.isEmpty()) {
      var sentence = refused.getMessage();
      assertThat(isRefused || mayFail).as(sentence).isTrue();
      assertThat(sentence).containsAnyOf("Nothing was resolved.", "no more room");
      law.reached(isRefused ? A_RESOLUTION_WAS_REFUSED : A_RESOLUTION_FAILED);
      law.nothingIsShownOfIt();
    } else {
      assertThat(isRefused).as("resolutions that do not hold are refused").isFalse();
      law.reached(
          resolved.containsValue(Optional.<Resolution>empty())
              ? A_RESOLUTION_WAS_TAKEN_BACK
              : AN_EXCEPTION_WAS_RESOLVED);
      law.holdsBehindResolving(finished.get(0), resolved, policies);
    }
  }

  /**
   * Behind a run that is not finished nothing is closed; and nothing opened that was never read.
   */
  private void closeOrOpen() {
    var isUnfinished = number("select count(*) from run where status in ('running', 'failed')") > 0;
    var isAnythingRead = !law.input().readings().isEmpty();
    if (!law.closed().equals(LawChecks.OPEN) && isAnythingRead && chance(40)) {
      open();
    } else if (chance(60) && !isUnfinished) {
      var until = LocalDate.parse(pick(DAYS));
      if (until.isAfter(law.closed())) {
        steps.add("closed up to " + until);
        closedPeriods.close(until, "Karin", null, clock.instant());
        law.closedUntil(until);
        law.reached(THE_BOOKS_WERE_CLOSED);
      }
    }
  }

  /** Up to an earlier closing, or all of it. */
  private void open() {
    var earlier = closedPeriods.all().stream().skip(1).map(ClosedPeriod::until).findFirst();
    var until = earlier.orElse(LocalDate.parse(DAY).minusDays(1));
    steps.add("opens behind " + until);
    maybeFailing();
    var finished =
        runAsOwner(Run.Kind.REOPENING, () -> reopening.input(until, "Karin", "a mistake"));
    if (finished.isEmpty()) {
      law.nothingIsShownOfIt();
    } else {
      law.closedUntil(earlier.orElse(LawChecks.OPEN));
      law.reached(THE_BOOKS_WERE_OPENED_AGAIN);
      law.holdsBehind(finished.get(0), Map.of(), policies);
    }
  }

  private void eraseSome() {
    for (var more = 1 + random.nextInt(2); more > 0 && !law.erasable().isEmpty(); more--) {
      erase(pick(pick(law.erasable())));
    }
  }

  /** What is erased stays so, whatever becomes of the run that says anew what was said of it. */
  private void erase(String order) {
    steps.add("erases " + order);
    maybeFailingAt(WRITTEN_BY_ERASING);
    var finished = runAsOwner(Run.Kind.ERASURE, () -> erasing.input(order, "Karin", "asked to"));
    law.erased(order);
    if (finished.isEmpty()) {
      law.reached(AN_ERASURE_FAILED);
      law.nothingIsShownOfIt();
    } else {
      law.holdsBehind(finished.get(0), Map.of(), policies);
    }
  }

  /** The run, if it finished. */
  private List<Run> runAsOwner(Run.Kind kind, Supplier<OwnInput> input) {
    var finished = new ArrayList<Run>();
    var refused =
        refused(
            () ->
                asOwner(
                    () ->
                        reconciliation()
                            .runOnce(
                                kind, () -> Optional.of(input.get()), said::add, finished::add)));
    steps.add("%s: %s".formatted(kind, refused));
    var mayFail = failing;
    failing = false;
    failNoMore();
    if (finished.isEmpty()) {
      assertThat(mayFail).as(String.valueOf(refused.getMessage())).isTrue();
    }
    return finished;
  }

  /** Of what was erased it finds nothing changed, though the files still have all of it. */
  private void readAllOfItByAnotherVersion() {
    steps.add("another version reads all files again");
    sql(
        "update input_file set read_by = '0.0.1'; update payout_file set read_by = '0.0.1' where until_run is null");
    law.isOfAnotherVersion();
    var before = law.input();
    untilDone(request(Run.Kind.RERUN, DAY, LAST_DAY, false));
    assertThat(texts(WRITTEN_BY_THE_LAST_RUN))
        .as("what another version reads otherwise")
        .isSubsetOf(law.input().notAsIn(before));
  }

  /** What is left is what it was, and goes on as the law has it. */
  private void pruneAndGoOn(
      GeneratedFeed files, GeneratedPayouts payouts, Map<String, List<String>> walked) {
    var before = pick(DAYS.subList(1, DAYS.size()));
    now = now.plus(ELEVEN_YEARS);
    clock.set(now.toString());
    steps.add("prunes before " + before);
    var day = LocalDate.parse(before);
    var run = runAsOwner(Run.Kind.PRUNING, () -> pruning.input(day).orElseThrow()).get(0);
    law.pruned(run, day, policies);
    var left = new HashMap<>(walked);
    left.computeIfPresent(
        "rejected_record",
        (relation, rows) ->
            rows.stream()
                .filter(
                    row ->
                        DAYS.stream()
                            .filter(d -> law.isPruned(LocalDate.parse(d)))
                            .noneMatch(d -> row.contains("\"file_date\": \"" + d + "\"")))
                .toList());
    LawChecks.assertSame("behind pruning", law.everythingComparable(), left);
    for (var i = 0; i < STEPS_BEHIND_PRUNING; i++) {
      var file = pick(files.names());
      deliver(files.another(file, delivered.getOrDefault(file, List.of())));
      deliverSome(payouts);
      step();
    }
    assertThat(proof.ofEverything()).isEmpty();
  }

  /** They are input, but in no file. */
  private void startWithTheResolutionsAndErasedOrdersAlone() {
    sql(
        """
        create table public.kept as select * from resolution where until_run is null and kind <> 'withdrawn';
        create table public.kept_erased as select * from erased_order
        """);
    database.clear();
    sql(
        """
        insert into resolution select * from public.kept;
        update resolution set since_run = 0;
        insert into erased_order select * from public.kept_erased;
        update erased_order set said_anew_by = 0;
        drop table public.kept, public.kept_erased
        """);
  }

  private void failed(
      String sentence,
      RunRequest request,
      Optional<Map<FileName, NaiveReading>> read,
      boolean mayFail) {
    if (law.isPruned(request.from())) {
      assertThat(sentence).contains("are not read again");
      law.reached(A_PRUNED_DAY_WAS_REFUSED);
    } else if (read.isEmpty()) {
      assertThat(sentence).contains("missing");
      law.reached(A_FILE_WAS_MISSING);
    } else if (sentence.contains("--withdraw")) {
      assertThat(!request.withdraw() && law.refuses(read.get())).isTrue();
      law.reached(A_READING_WAS_REFUSED);
    } else {
      assertThat(mayFail).as(sentence).isTrue();
      assertThat(sentence).contains("no more room");
      law.reached(A_RUN_FAILED);
    }
  }

  private void noteWhatWasSaid(RunRequest request) {
    if (wasSaid("carried on")) {
      law.reached(A_RUN_WAS_CARRIED_ON);
    }
    if (wasSaid("undone")) {
      law.reached(A_RUN_WAS_UNDONE);
    }
    if (request.folderMayBeGone() && wasSaid("decided from what was read before")) {
      law.reached(A_RERUN_HAD_NO_FILES);
    }
  }

  private boolean wasSaid(String words) {
    return said.stream().anyMatch(sentence -> sentence.contains(words));
  }

  /** What a command reads; empty where it must not begin because a file is missing. */
  private Optional<Map<FileName, NaiveReading>> readBy(RunRequest request) {
    var read = new TreeMap<FileName, NaiveReading>();
    for (var date : request.from().datesUntil(request.to().plusDays(1)).toList()) {
      var day = date.toString();
      if (request.kind() == Run.Kind.RERUN && (request.folderMayBeGone() || !isDelivered(day))) {
        continue;
      }
      for (var kind : FileName.KINDS) {
        var lines = delivered.get(new FileName(kind, day));
        if (lines != null && !request.folderMayBeGone()) {
          read.put(new FileName(kind, day), NaiveReading.of(kind, lines, law.erased()));
        } else if (isNeeded(kind, day)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(read);
  }

  /** A day without an orders file needs captures and refunds. */
  private boolean isNeeded(String kind, String day) {
    return (kind.equals("captures") || kind.equals("refunds"))
        && !delivered.containsKey(new FileName("orders", day));
  }

  private boolean isDelivered(String day) {
    return FileName.KINDS.stream().anyMatch(kind -> delivered.containsKey(new FileName(kind, day)));
  }

  private RunRequest request(Run.Kind kind, String from, String to, boolean withdraw) {
    return new RunRequest(
        kind, LocalDate.parse(from), LocalDate.parse(to), feed.folder(), false, withdraw, false);
  }

  /** In a folder where nothing is. */
  private RunRequest withoutFiles(RunRequest request) {
    var nothing = feed.folder().resolve("nothing");
    try {
      Files.createDirectories(nothing);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RunRequest(
        request.kind(), request.from(), request.to(), nothing, true, request.withdraw(), false);
  }

  // What happens between commands

  private void deliver(Delivery delivery) {
    var file = delivery.file();
    var lines = delivery.lines();
    steps.add("delivered %s, %d lines".formatted(file, lines.size()));
    delivered.put(file, lines);
    feed.lines(file.kind(), file.day(), lines.stream().map(FileLine::text).toList());
  }

  private Map<String, PayoutReport> folderOfPayouts(RunRequest request) {
    return request.folderMayBeGone() ? Map.of() : Map.copyOf(inPayouts);
  }

  /** A run that is carried on may have read them when it began. */
  private Map<String, PayoutReport> payoutsAsRead() {
    var read = new TreeMap<String, PayoutReport>();
    jdbc.sql("select file_name, sha256 from recredit.payout_file")
        .query(
            row -> {
              var name = row.getString("file_name");
              var report = everInPayouts.get(name + " " + row.getString("sha256"));
              read.put(name, Objects.requireNonNull(report));
            });
    return read;
  }

  /** Other versions of settlement reports, and some are gone. */
  private void deliverSome(GeneratedPayouts payouts) {
    for (var more = random.nextInt(4); more > 0; more--) {
      var name = pick(payouts.names());
      if (inPayouts.containsKey(name) && chance(20)) {
        removePayout(name);
      } else {
        var report = payouts.another(name, inPayouts.get(name));
        if (!takesNothingBack(name, report)) {
          deliver(name, report);
        }
      }
    }
  }

  /** What was read of it stays then, beside what is rejected now: no one file says both. */
  private boolean takesNothingBack(String name, PayoutReport report) {
    var before = Stream.of(law.reports(), inPayouts).map(of -> of.get(name));
    return report.isReport()
        && report.saysNothing()
        && before.anyMatch(one -> one != null && !one.saysNothing());
  }

  private void deliver(String name, PayoutReport report) {
    steps.add("delivered payouts/%s, %d rows".formatted(name, report.rows().size()));
    inPayouts.put(name, report);
    everInPayouts.put(name + " " + sha256(report), report);
    feed.payout(name, report.text());
  }

  private static String sha256(PayoutReport report) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(report.text().getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void removePayout(String name) {
    steps.add("removed payouts/" + name);
    inPayouts.remove(name);
    feed.removePayout(name);
  }

  private void change(Policies to) {
    steps.add("policies: " + to);
    policies = to;
    policy(before -> to);
  }

  private void maybeFailing() {
    maybeFailingAt(WRITTEN);
  }

  private void maybeFailingAt(List<String> tables) {
    if (chance(30)) {
      var table = pick(tables);
      var row = 1 + random.nextInt(chance(50) ? 3 : 200);
      steps.add("failing at row %d of %s".formatted(row, table));
      failAtRow(table, row);
      failing = true;
    }
  }

  private static Policies policiesOf(long seed) {
    var random = new Random(seed);
    var countries =
        random.nextInt(3) > 0 ? Policies.DEFAULT.returnFeeCountries() : Set.of("US", "SE");
    return Policies.of(
            seed % 2 == 0 ? Spanning.SPLIT : Spanning.REJECT,
            seed / 2 % 2 == 0 ? Ambiguous.CHOOSE : Ambiguous.REJECT,
            countries,
            ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))))
        .with(random.nextBoolean() ? Resolved.BLOCKS : Resolved.UNBLOCKS)
        .with(random.nextBoolean() ? Evidence.FOLLOW : Evidence.COMPARE);
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T pick(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }
}
