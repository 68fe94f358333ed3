package io.recredit.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.ShownTables;
import io.recredit.TestDatabase;
import io.recredit.app.Onlooker.Place;
import io.recredit.database.TestServers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is killed and whenever: the same command goes on, another one undoes, and in the end the
 * tables are those of runs that nobody disturbed.
 *
 * <p>The program runs as its users run it, in processes of its own and with its own PostgreSQL,
 * over nights that were missed. Which steps there are, and how long they take, is what the
 * undisturbed runs noted of themselves; each disturbance is aimed at one of them and comes after a
 * random while.
 *
 * <p>{@code -Drecredit.seed=} repeats the choices, though not the moments; {@code
 * -Drecredit.kills=} says how many.
 */
class KilledAtAnyMomentIT {

  private static final long SEED = Long.getLong("recredit.seed", System.nanoTime());
  private static final int DEFAULT_KILLS = 15;
  private static final int KILLS = Integer.getInteger("recredit.kills", DEFAULT_KILLS);
  private static final int CAPTURES = Integer.getInteger("recredit.captures", 15_000);

  private static final int NIGHTS = 3;
  private static final int MILLIS_TO_AIM_AT = 100;
  private static final int OTHER_COMMAND_BEHIND_EVERY = 5;
  private static final String BETWEEN_STEPS = "(between steps)";

  private static final String STEPS =
      """
      select step_name, (extract(epoch from max(end_time - start_time)) * 1000)::int
      from recredit_batch.batch_step_execution where step_name not like '%:%'
      group by step_name order by min(step_execution_id)
      """;

  private static final String LAST_DAY_READ =
      "select max(file_date) from recredit.input_file where kind = 'captures'";

  private static final Set<String> SLOW_AS_A_WHOLE =
      Set.of(
          "invoice_balance",
          "refund_evidence",
          "invoice_comparison",
          "order_comparison",
          "feed_difference");

  private static final Pattern UNDONE =
      Pattern.compile("Run (\\d+) \\([^)]*\\) did not finish and is undone");
  private static final Pattern CARRIED_ON =
      Pattern.compile("Run (\\d+) \\([^)]*\\) did not finish; it is carried on");

  /** A disturbance to come: once the run of this day is at this step, or behind it. */
  private record Aim(LocalDate day, int step, Disturbance kind) {}

  @TempDir private Path folder;

  private final Random random = new Random(SEED);
  private final LocalDate firstDay = LocalDate.now(ZoneOffset.UTC).minusDays(NIGHTS + 1L);

  /** Its files are delivered as a draft, which is corrected while its run is unfinished. */
  private final LocalDate draftDay = firstDay.plusDays(2);

  private final List<String> steps = new ArrayList<>();
  private final List<Integer> stepMillis = new ArrayList<>();
  private final Map<LocalDate, List<String>> shownBehind = new HashMap<>();
  private Map<String, List<String>> undisturbed = Map.of();
  private NightShift shift;
  private boolean draftCanBeCorrected;
  private boolean draftIsCorrected;
  private boolean draftWasShown;
  private boolean otherCommandIsDue;

  @BeforeEach
  void deliver() throws IOException {
    System.out.printf("recredit.seed=%d recredit.kills=%d%n", SEED, KILLS);
    shift = new NightShift(folder.resolve("disturbed"), feed("delivered"), this::interlude);
    for (var feed : List.of(feed("feed"), feed("delivered"))) {
      LargeFeed.write(feed, firstDay.toString(), 100, 20, SEED);
      for (var night = 1; night <= NIGHTS; night++) {
        deliver(feed, firstDay.plusDays(night), SEED);
      }
      // Should the days change meanwhile.
      LargeFeed.write(feed, firstDay.plusDays(NIGHTS + 1L).toString(), 100, 20, SEED);
    }
    deliver(feed("delivered"), draftDay, SEED + 1);
  }

  @AfterEach
  void nothingIsLeftRunning() {
    shift.close();
    TestServers.start(folder.resolve("disturbed").resolve("data")).close();
  }

  @Test
  void theTablesAreThoseOfRunsThatNobodyDisturbed() throws Exception {
    runUndisturbed();
    assertDone("nightly", "--date", firstDay.toString());
    closeTheFirstDay();

    var report = new HitReport(steps);
    for (var aim : aims()) {
      var place = shift.reach(here -> isReached(aim, here));
      if (place.isEmpty()) {
        break;
      }
      if (steps.indexOf(place.get().step()) == aim.step()) {
        Thread.sleep(random.nextInt(patience(aim, report) + 1));
      }
      var step = shift.now().map(Place::step).orElse(BETWEEN_STEPS);
      if (shift.disturb(aim.kind())) {
        report.count(step, aim.kind());
        System.out.printf(
            "%s %s, %s: %s%n", LocalTime.now(ZoneOffset.UTC), aim.day(), step, aim.kind());
        otherCommandIsDue |= report.total() % OTHER_COMMAND_BEHIND_EVERY == 0;
        if (aim.kind() == Disturbance.JOB_KILLED) {
          nothingIsShownOfIt();
          draftCanBeCorrected |= aim.day().equals(draftDay);
        }
      }
    }
    shift.finish();
    if (!draftIsCorrected) {
      correctTheDraft();
    }
    System.out.printf("Disturbed %d times:%n%s%n", report.total(), report);

    assertThat(shift.other("prove").exitCode()).isZero();
    theTablesAreTheSame();
    if (KILLS >= DEFAULT_KILLS) {
      assertThat(report.stepsNeverHit()).as("steps never hit").isSubsetOf(stepsTooShortToAimAt());
      assertThat(runsNamed(CARRIED_ON)).isNotEmpty();
    }
  }

  // What is compared

  private void runUndisturbed() throws Exception {
    var program = new Program(folder.resolve("undisturbed"));
    var input = feed("feed").toString();
    for (var command :
        List.of(
            new String[] {"nightly", "--input", input, "--date", firstDay.toString()},
            new String[] {"nightly", "--input", input})) {
      var ended = program.run(command);
      assertThat(ended.exitCode()).as(ended.said()).isZero();
    }
    try (var server = TestServers.start(program.dataFolder())) {
      var database = new TestDatabase(server.jdbcUrl(), server.username(), server.password());
      for (var step : database.rows(STEPS)) {
        steps.add(step.substring(0, step.indexOf('|')));
        stepMillis.add(Integer.parseInt(step.substring(step.indexOf('|') + 1)));
      }
      System.out.printf("Steps and how long they take: %s %s%n", steps, stepMillis);
      for (var run : database.rows("select run_id, to_date from recredit.run")) {
        var columns = run.split("\\|", -1);
        shownBehind.put(
            LocalDate.parse(columns[1]), digests(database, "_as_of(" + columns[0] + ")"));
      }
      undisturbed = everything(database);
      assertThat(database.rows("select kind || ' ' || status from recredit.run"))
          .as("each missed night is a run of its own")
          .hasSize(NIGHTS + 1)
          .containsOnly("nightly done");
    }
  }

  /** What people read, without what a run is called and when it was. */
  private static Map<String, List<String>> everything(TestDatabase database) {
    database.rows("analyze"); // which a server that is left alone does by itself
    var all = new ArrayList<>(ShownTables.OF_DECISIONS);
    all.addAll(List.of("rejected_record", "input_file", "decision_history", "input_change"));
    var rows = new LinkedHashMap<String, List<String>>();
    for (var relation : all) {
      rows.put(
          relation,
          database.rows(
              ShownTables.rows(
                  "recredit." + relation,
                  List.of(
                      "run_id",
                      "decided_on",
                      "read_at",
                      "bytes",
                      "modified_at",
                      "withdrawn",
                      "superseded_by",
                      "superseded_on"))));
    }
    return rows;
  }

  /** Short, for the many times that they are compared, and of what is quickly read as a whole. */
  private static List<String> digests(TestDatabase database, String behind) {
    return ShownTables.OF_DECISIONS.stream()
        .filter(relation -> !SLOW_AS_A_WHOLE.contains(relation))
        .flatMap(
            relation ->
                database
                    .rows(
                        "select %s, count(*), md5(string_agg(r.row, ' ' order by r.row)) from (%s) r (row)"
                            .formatted(
                                "'" + relation + "'",
                                ShownTables.rows(
                                    "recredit." + relation + behind,
                                    List.of("run_id", "decided_on"))))
                    .stream())
        .toList();
  }

  private void theTablesAreTheSame() {
    try (var server = TestServers.start(folder.resolve("disturbed").resolve("data"))) {
      var database = new TestDatabase(server.jdbcUrl(), server.username(), server.password());
      var disturbed = everything(database);
      if (draftWasShown) { // by a run that its kill came too late for
        disturbed.remove("decision_history");
        disturbed.remove("input_change");
      }
      disturbed.forEach(
          (relation, rows) -> {
            var expected = undisturbed.getOrDefault(relation, List.of());
            assertThat(difference(rows, expected)).as("%s: wrong rows", relation).isEmpty();
            assertThat(difference(expected, rows)).as("%s: missing rows", relation).isEmpty();
            assertThat(rows).as(relation).hasSameSizeAs(expected);
          });
      assertThat(database.rows("select max(entry_id) - count(*) from recredit.journal"))
          .as("gaps in the journal")
          .containsExactly("0");
      assertThat(database.rows("select distinct status from recredit.run"))
          .isSubsetOf("done", "undone");
      assertThat(database.rows("select run_id from recredit.run where status = 'undone'"))
          .as("what is undone is said")
          .containsExactlyInAnyOrderElementsOf(runsNamed(UNDONE));
      System.out.printf(
          "%d runs were carried on, %d undone%n",
          runsNamed(CARRIED_ON).size(), runsNamed(UNDONE).size());
    }
  }

  private static List<String> difference(List<String> rows, List<String> others) {
    var known = new HashSet<>(others);
    return rows.stream().filter(row -> !known.contains(row)).limit(3).toList();
  }

  private Set<String> runsNamed(Pattern sentence) {
    var runs = new TreeSet<String>();
    sentence.matcher(shift.said()).results().map(found -> found.group(1)).forEach(runs::add);
    return runs;
  }

  // What happens

  /** In the order of the job, so that each is still to come when the one before it has happened. */
  private List<Aim> aims() {
    var kinds = new HashMap<Integer, List<Disturbance>>();
    var aims = new ArrayList<Aim>();
    for (var i = 0; i < KILLS; i++) {
      var night = i * NIGHTS / KILLS;
      var step = i % steps.size();
      var deck = kinds.computeIfAbsent(step, s -> new ArrayList<>());
      if (deck.isEmpty()) {
        deck.addAll(List.of(Disturbance.values()));
        Collections.shuffle(deck, random);
      }
      aims.add(new Aim(firstDay.plusDays(night + 1L), step, deck.remove(deck.size() - 1)));
    }
    aims.sort(Comparator.comparing(Aim::day).thenComparing(Aim::step));
    return aims;
  }

  private boolean isReached(Aim aim, Place here) {
    return here.day().isAfter(aim.day())
        || (here.day().equals(aim.day()) && steps.indexOf(here.step()) >= aim.step());
  }

  /** Milliseconds: any time of the step; soon where it was never hit; at once in the last night. */
  private int patience(Aim aim, HitReport report) {
    var millis = stepMillis.get(aim.step());
    if (!report.stepsNeverHit().contains(steps.get(aim.step()))) {
      return millis;
    }
    return aim.day().equals(firstDay.plusDays(NIGHTS)) ? 0 : millis / 4;
  }

  private List<String> stepsTooShortToAimAt() {
    return steps.stream()
        .filter(step -> stepMillis.get(steps.indexOf(step)) < MILLIS_TO_AIM_AT)
        .toList();
  }

  /** Once its sessions are gone, which is by itself. */
  private void nothingIsShownOfIt() throws Exception {
    var database = shift.database().orElseThrow();
    shift.waitUntilNothingIsAtWork();
    var shown = LocalDate.parse(database.rows(LAST_DAY_READ).get(0));
    if (draftIsCorrected || shown.isBefore(draftDay)) { // else the kill came too late for the draft
      assertThat(digests(database, "")).isEqualTo(shownBehind.get(shown));
    }
  }

  /** What is posted from here on stands behind it, whatever is killed; prove holds it to that. */
  private void closeTheFirstDay() throws Exception {
    assertThat(shift.other("policy", "--time-zone", "UTC").exitCode()).isZero();
    assertDone("close", "--until", firstDay.toString(), "--by", "Karin");
  }

  private void interlude() throws Exception {
    if (draftCanBeCorrected && !draftIsCorrected) {
      correctTheDraft();
    }
    if (otherCommandIsDue) {
      otherCommandIsDue = false;
      if (random.nextBoolean()) {
        assertDone("nightly", "--date", firstDay.toString());
      } else {
        assertDone("rerun", "--from", firstDay.toString(), "--to", firstDay.toString());
      }
    }
  }

  private void correctTheDraft() throws Exception {
    deliver(feed("delivered"), draftDay, SEED);
    draftIsCorrected = true;
    var isRead = "select 1 from recredit.input_file where file_date = '%s'".formatted(draftDay);
    draftWasShown = shift.database().map(d -> !d.rows(isRead).isEmpty()).orElse(true);
    if (draftWasShown) {
      assertDone("rerun", "--from", draftDay.toString(), "--to", draftDay.toString());
    }
  }

  private void assertDone(String... command) throws Exception {
    var withInput = new ArrayList<>(List.of(command));
    withInput.addAll(List.of("--input", feed("delivered").toString()));
    var ended = shift.other(withInput.toArray(String[]::new));
    assertThat(ended.exitCode()).as(ended.said()).isZero();
  }

  private static void deliver(Path feed, LocalDate day, long seed) throws IOException {
    LargeFeed.write(feed, day.toString(), CAPTURES, CAPTURES / 3, seed + day.toEpochDay() * 1_000)
        .write(feed);
  }

  private Path feed(String name) {
    return folder.resolve(name);
  }
}
