package io.recredit.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Times whole nights as processes on one PostgreSQL with durable commits, alternating, and prints
 * medians. Its parts:
 *
 * <ul>
 *   <li>compare: Recredit, the textbook job, SQL alone and the floor, on the same day
 *   <li>reruns: the same day again without news, and a range of 10 and of 30 days
 *   <li>documents: a night of a tenth as many order documents, and the next one, when the same
 *       orders are known and one in fifty changed; beside each the time of reading the file alone
 *   <li>payouts: a night with settlement reports of all that it reads, beside one without; and
 *       small nights behind either, without a report and with one
 *   <li>small: a night of 1,000 captures, beside a command that only starts
 *   <li>history: a night into tables that hold none, one, ten and fifty times its captures
 *   <li>growth: a tenth of the day, the day, and ten times the day
 * </ul>
 */
final class Benchmark {

  private static final LocalDate DATE = LocalDate.of(2026, 11, 20);
  private static final Path FOLDER = Path.of("target", "benchmark").toAbsolutePath();
  private static final String PREPARED = "prepared";
  private static final int SMALL_NIGHT = 1_000;
  private static final int CHANGED_EVERY = 50;

  private final BenchmarkDatabases databases;
  private final int captures;
  private final int refunds;
  private final int orders;
  private final int rounds;

  private Benchmark(
      BenchmarkDatabases databases, int captures, int refunds, int orders, int rounds) {
    this.databases = databases;
    this.captures = captures;
    this.refunds = refunds;
    this.orders = orders;
    this.rounds = rounds;
  }

  /** Arguments, as the profile in pom.xml gives them: parts, captures, refunds, orders, rounds. */
  public static void main(String[] args) throws Exception {
    Files.createDirectories(FOLDER);
    try (var databases = new BenchmarkDatabases(FOLDER.resolve("data"))) {
      var benchmark =
          new Benchmark(
              databases,
              Integer.parseInt(args[1]),
              Integer.parseInt(args[2]),
              Integer.parseInt(args[3]),
              Integer.parseInt(args[4]));
      benchmark.prepare();
      for (var part : List.of(args[0].split(",", -1))) {
        switch (part) {
          case "compare" -> benchmark.compare();
          case "reruns" -> benchmark.reruns();
          case "documents" -> benchmark.documents();
          case "payouts" -> benchmark.payouts();
          case "small" -> benchmark.small();
          case "history" -> benchmark.history();
          case "growth" -> benchmark.growth();
          default -> throw new IllegalArgumentException("There is no part " + part);
        }
      }
    }
  }

  /** Recredit's tables, empty: every contender finds its tables made. */
  private void prepare() throws Exception {
    System.out.printf(
        "%s, %d processors, Java %s, PostgreSQL %s%n",
        System.getProperty("os.name"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"),
        databases.text("recredit", "show server_version"));
    databases.create(PREPARED, "template0");
    run(Contender.recredit("policy"), PREPARED);
  }

  private void compare() throws Exception {
    var folder = day("day", DATE, captures, refunds, orders, 1);
    var contenders = contenders(folder);
    var measured = new LinkedHashMap<String, List<MeasuredProcess>>();
    flatten(folder);
    for (var round = 0; round < rounds; round++) {
      for (var contender : contenders) {
        databases.create(contender.database(), contender.template());
        measured
            .computeIfAbsent(contender.name(), name -> new ArrayList<>())
            .add(run(contender.command().apply(contender.database()), contender.database()));
      }
    }
    requireSameCredits();
    Figures.print(
        "%,d captures and %,d refunds of %,d orders, %d rounds"
            .formatted(captures, refunds, orders, rounds),
        measured,
        captures + refunds);
    contenders.forEach(this::drop);
  }

  private List<Contender> contenders(Path folder) {
    var day = folder.resolve("%s-" + DATE + ".ndjson").toString();
    return List.of(
        new Contender("Recredit, nightly", PREPARED, "recredit_night", database -> nightly(folder)),
        new Contender(
            "textbook Spring Batch",
            "template0",
            "textbook",
            database -> program(TextbookJob.class, database, day)),
        new Contender(
            "SQL alone",
            "template0",
            "sql_alone",
            database -> program(SqlAlone.class, database, day)),
        new Contender(
            "floor: COPY",
            PREPARED,
            "floor",
            database -> program(FloorCopy.class, database, FOLDER.toString())),
        new Contender(
            "floor with B-trees",
            "prepared_btree",
            "floor_btree",
            database -> program(FloorCopy.class, database, FOLDER.toString())));
  }

  /** The floor's rows: Recredit's own, taken from its tables; and its tables with other keys. */
  private void flatten(Path folder) throws Exception {
    databases.create("flat", PREPARED);
    run(nightly(folder), "flat");
    for (var table : FloorCopy.TABLES) {
      databases.copyOut("flat", "recredit_store." + table, FOLDER.resolve(table));
    }
    databases.drop("flat");
    databases.create("prepared_btree", PREPARED);
    for (var table : FloorCopy.TABLES) {
      databases.execute(
          "prepared_btree",
          """
          set search_path = recredit_store;
          drop index %1$s_by_id, %1$s_of_order;
          alter table %1$s add primary key (%1$s_id, file_date, since_run);
          create index on %1$s (order_id)
          """
              .formatted(table));
    }
  }

  private void requireSameCredits() throws SQLException {
    var digest =
        "select count(*) || ' ' || md5(string_agg(refund_id || ' ' || capture_id || ' ' || credited_amount, ',' order by refund_id collate \"C\", capture_id collate \"C\")) from ";
    var ours = databases.text("recredit_night", digest + "recredit.invoice_credit");
    var textbook = databases.text("textbook", digest + "credit");
    if (!ours.equals(textbook)) {
      throw new IllegalStateException(
          "The textbook job came to other credits: %s, and not %s".formatted(textbook, ours));
    }
    System.out.printf(
        "The textbook job came to the same %s credits; SQL alone found %s of them.%n",
        ours.substring(0, ours.indexOf(' ')),
        databases.text("sql_alone", "select count(*) from credit"));
  }

  private void reruns() throws Exception {
    var folder = day("day", DATE, captures, refunds, orders, 1);
    var measured = new LinkedHashMap<String, List<MeasuredProcess>>();
    for (var round = 0; round < rounds; round++) {
      databases.create("again", PREPARED);
      add(measured, "the first time", run(nightly(folder), "again"));
      add(measured, "nightly again, nothing changed", run(nightly(folder), "again"));
      add(
          measured,
          "rerun: every order decided anew",
          run(
              Contender.recredit(
                  "rerun", "--from", "" + DATE, "--to", "" + DATE, "--input", folder.toString()),
              "again"));
      var written =
          databases.text(
              "again", "select count(*) from recredit_store.decision where since_run > 1");
      if (!written.equals("0")) {
        throw new IllegalStateException(
            "A rerun without news wrote %s decisions".formatted(written));
      }
      databases.drop("again");
    }
    var range = FOLDER.resolve("range");
    for (var i = 0; i < 30; i++) {
      new GeneratedDay(DATE.plusDays(i), captures / 30, refunds / 30, orders / 30, 100 + i)
          .write(range);
    }
    for (var days : new int[] {10, 30}) {
      for (var round = 0; round < rounds; round++) {
        databases.create("ranged", PREPARED);
        var to = DATE.plusDays(days - 1L);
        add(
            measured,
            "a range of %d days of %,d captures".formatted(days, captures / 30),
            run(
                Contender.recredit(
                    "rerun", "--from", "" + DATE, "--to", "" + to, "--input", range.toString()),
                "ranged"));
        databases.drop("ranged");
      }
    }
    Figures.print("reruns", measured, 0);
  }

  private void documents() throws Exception {
    var documents = captures / 10;
    var folder = FOLDER.resolve("documents");
    var next = DATE.plusDays(1);
    var bytes = new GeneratedDocuments(DATE, next, documents, 0, 5).write(folder);
    new GeneratedDocuments(DATE, next.plusDays(1), documents, CHANGED_EVERY, 5).write(folder);
    var measured = new LinkedHashMap<String, List<MeasuredProcess>>();
    for (var round = 0; round < rounds; round++) {
      databases.create("documents", PREPARED);
      add(measured, "%,d documents".formatted(documents), run(nightly(folder), "documents"));
      sayReading(bytes);
      add(measured, "the same orders known", run(nightly(folder, next), "documents"));
      sayReading(bytes);
    }
    databases.drop("documents");
    Figures.print("documents", measured, documents);
  }

  /** What of the last night was reading its file into tables. */
  private void sayReading(long bytes) throws SQLException {
    var seconds =
        Double.parseDouble(
            databases.text(
                "documents",
                """
                select extract(epoch from end_time - start_time)
                from recredit_batch.batch_step_execution
                where step_name = 'read-orders'
                order by step_execution_id desc
                limit 1
                """));
    System.out.printf(
        Locale.ROOT,
        "    of it %.1f s reading %,d MB: %.0f MB/s%n",
        seconds,
        bytes / 1_000_000,
        bytes / 1e6 / seconds);
  }

  private void payouts() throws Exception {
    var without = day("unpaid", DATE, captures, refunds, orders, 6);
    var with = day("paid", DATE, captures, refunds, orders, 6);
    var rows = GeneratedReports.write(with, DATE);
    var second = small("second", 1);
    var third = small("third", 2);
    GeneratedReports.write(third, DATE.plusDays(2));
    var measured = new LinkedHashMap<String, List<MeasuredProcess>>();
    for (var round = 0; round < rounds; round++) {
      for (var folder : List.of(without, with)) {
        var known = folder.equals(with) ? "behind %,d rows".formatted(rows) : "behind no rows";
        databases.create("payouts", PREPARED);
        add(
            measured,
            folder.equals(with) ? "with %,d rows of reports".formatted(rows) : "without reports",
            run(nightly(folder), "payouts"));
        add(
            measured,
            "1,000 captures, " + known,
            run(nightly(second, DATE.plusDays(1)), "payouts"));
        add(
            measured,
            "1,000 and a report of them, " + known,
            run(nightly(third, DATE.plusDays(2)), "payouts"));
      }
    }
    databases.drop("payouts");
    Figures.print("payouts", measured, 0);
  }

  private static Path small(String name, int days) throws IOException {
    return day(
        name,
        DATE.plusDays(days),
        SMALL_NIGHT,
        SMALL_NIGHT * 15 / 100,
        SMALL_NIGHT * 7 / 10,
        10 + days);
  }

  private void small() throws Exception {
    var folder = small("small", 0);
    var measured = new LinkedHashMap<String, List<MeasuredProcess>>();
    for (var round = 0; round < rounds; round++) {
      databases.create("small", PREPARED);
      add(measured, "a command that only starts", run(Contender.recredit("policy"), "small"));
      add(measured, "a night of 1,000 captures", run(nightly(folder), "small"));
    }
    databases.drop("small");
    Figures.print("small nights", measured, 0);
  }

  private void history() throws Exception {
    var night = captures / 10;
    var folder = day("night", DATE, night, refunds / 10, orders / 10, 3);
    var pasts = List.of(0, 1, 10, 50);
    for (var times : pasts) {
      makePast(times);
    }
    var measured = new LinkedHashMap<String, List<MeasuredProcess>>();
    for (var round = 0; round < rounds; round++) {
      for (var times : pasts) {
        databases.create("history", past(times));
        add(
            measured,
            "%,d captures into %,d".formatted(night, night * times),
            run(nightly(folder), "history"));
        databases.drop("history");
      }
    }
    for (var times : pasts) {
      databases.drop(past(times));
    }
    Figures.print("history", measured, 0);
  }

  /** Tables with so many times the captures of a tenth of the day. */
  private void makePast(int times) throws Exception {
    databases.create(past(times), PREPARED);
    if (times > 0) {
      var before = DATE.minusDays(1);
      var folder =
          day(
              past(times),
              before,
              captures / 10 * times,
              refunds / 10 * times,
              orders / 10 * times,
              1_000 + times);
      run(nightly(folder, before), past(times));
    }
  }

  private static String past(int times) {
    return "past_" + times;
  }

  private void growth() throws Exception {
    var measured = new LinkedHashMap<String, List<MeasuredProcess>>();
    for (var tenths : new int[] {1, 10, 100}) {
      var folder =
          day(
              "grown" + tenths,
              DATE,
              captures / 10 * tenths,
              refunds / 10 * tenths,
              orders / 10 * tenths,
              4);
      for (var round = 0; round < (tenths > 10 ? 1 : rounds); round++) {
        databases.create("grown", PREPARED);
        add(
            measured,
            "%,d captures".formatted(captures / 10 * tenths),
            run(nightly(folder), "grown"));
        databases.drop("grown");
      }
    }
    Figures.print("growth", measured, 0);
  }

  private static void add(
      Map<String, List<MeasuredProcess>> measured, String name, MeasuredProcess process) {
    measured.computeIfAbsent(name, n -> new ArrayList<>()).add(process);
  }

  private void drop(Contender contender) {
    try {
      databases.drop(contender.database());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path day(
      String name, LocalDate date, int captures, int refunds, int orders, long seed)
      throws IOException {
    var folder = FOLDER.resolve(name);
    new GeneratedDay(date, captures, refunds, orders, seed).write(folder);
    return folder;
  }

  private static List<String> nightly(Path folder) {
    return nightly(folder, DATE);
  }

  private static List<String> nightly(Path folder, LocalDate date) {
    return Contender.recredit("nightly", "--date", "" + date, "--input", folder.toString());
  }

  private List<String> program(Class<?> program, String database, String last) {
    return Contender.java(
        program, databases.url(database), databases.username(), databases.password(), last);
  }

  private MeasuredProcess run(List<String> command, String database)
      throws IOException, InterruptedException {
    var said = FOLDER.resolve(database + ".txt");
    var process =
        MeasuredProcess.run(command, databases.environment(database), said, databases.postmaster());
    System.out.printf(Locale.ROOT, "  %-16s %6.1f s%n", database, process.seconds());
    if (process.exitCode() != 0) {
      throw new IllegalStateException(
          "%s ended with %d: %s"
              .formatted(String.join(" ", command), process.exitCode(), Files.readString(said)));
    }
    return process;
  }
}
