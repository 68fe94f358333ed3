package io.recredit.job;

import static io.recredit.job.FeedDocument.document;
import static io.recredit.job.FeedRecord.capture;
import static io.recredit.job.FeedRecord.refund;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.ShownTables;
import io.recredit.backup.Backup;
import io.recredit.backup.Restore;
import io.recredit.resolution.NoteRequest;
import io.recredit.resolution.ResolutionRequests;
import io.recredit.run.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What a backup holds is all that finished runs left, and a restore brings it back to the last row,
 * or leaves nothing. Other servers and other versions: BackupIT.
 */
class BackupTest extends JobTest {

  @TempDir private Path folder;
  @Autowired private Backup backup;
  @Autowired private Restore restore;

  private Path file;

  @BeforeEach
  void nothingIsBackedUp() {
    file = folder.resolve("recredit.backup");
  }

  /** Texts that COPY has to escape, ids in other orders' files, everything that can be done. */
  private void aHistory() {
    timeZone("Europe/Stockholm");
    feed.captures(
        DAY,
        capture("o1", "A").lineOf(Map.of("name", "Tab\tand \\N \"and\"\nmore", "total_amount", 1L)),
        capture("o2", "B"),
        capture("ö3", "C"));
    feed.refunds(
        DAY,
        refund("o1", "r1").of(10_00).with("description", ""),
        refund("o9", "r2").of(10_00),
        refund("ö3", "r3").of(500_00));
    feed.orders(
        DAY,
        document("o2")
            .readAt("2026-11-20T20:00:00Z")
            .capture("B", 100_00, 40_00L, List.of())
            .refund("r7", 40_00, "2026-11-20T12:00:00Z", List.of()));
    nightly(DAY);
    feed.refunds(
        DAY,
        refund("o1", "r1").of(20_00),
        refund("o9", "r2").of(10_00),
        refund("ö3", "r3").of(1_00));
    feed.lines("releases", DAY, List.of("\\.", "{\"order_id\":\"\\\\N\"}"));
    rerun(DAY, DAY);
    takeIn(
        Run.Kind.NOTE,
        ResolutionRequests.of(new NoteRequest("", "r2", "asked", "4711", "rang", "Anna", null)));
    resolved(writtenOff("r2"));
    closedPeriods.close(LocalDate.parse(DAY), "Karin", "november\\", clock.instant());
  }

  /** Every relation that people read, as of now and as of each run; and every table. */
  private Map<String, List<String>> everythingThereIs() {
    var everything = rowsOf("recredit", "v");
    for (var run : texts("select run_id::text from recredit.finished_run")) {
      everythingShownAsOf(Long.parseLong(run))
          .forEach((relation, rows) -> everything.put(relation + " as of " + run, rows));
    }
    everything.putAll(rowsOf("recredit_store", "r"));
    return everything;
  }

  private Map<String, List<String>> rowsOf(String schema, String kind) {
    var rows = new LinkedHashMap<String, List<String>>();
    for (var relation :
        texts(
            """
            select format('%I.%I', relnamespace::regnamespace, relname) from pg_class
            where relnamespace = to_regnamespace(?) and relkind::text = ? and relpersistence = 'p'
              and relname <> 'flyway_schema_history'
            """,
            schema, kind)) {
      rows.put(relation, texts(ShownTables.rows(relation, List.of())));
    }
    return rows;
  }

  private void restored() {
    asOwner(() -> restore.restore(file, version()));
  }

  private int version() {
    return (int) number("select version from recredit.tables_version");
  }

  /** In a sentence, and nothing is changed. */
  private void isRefused(String why) {
    var before = rowsOf("recredit_store", "r");
    var refused = refused(this::restored).getMessage();
    assertThat(refused).contains(why);
    isSentence(refused.lines().findFirst().orElseThrow());
    assertThat(rowsOf("recredit_store", "r")).isEqualTo(before);
  }

  /** The same backup with another entry. */
  private void rewrite(String entry, UnaryOperator<String> rewritten) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipFile(file.toFile());
        var out = new ZipOutputStream(bytes)) {
      for (var each : zip.stream().toList()) {
        var content = new String(zip.getInputStream(each).readAllBytes(), UTF_8);
        out.putNextEntry(new ZipEntry(each.getName()));
        out.write(
            (each.getName().equals(entry) ? rewritten.apply(content) : content).getBytes(UTF_8));
        out.closeEntry();
      }
      out.finish();
      Files.write(file, bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyRowComesBackAndTheNextNightGoesOn() {
    aHistory();
    var before = everythingThereIs();
    backup.write(file);
    database.clear();
    restored();
    assertThat(everythingThereIs()).isEqualTo(before);

    timeZone("UTC"); // counted by PostgreSQL
    feed.nothing(NEXT_DAY);
    nightly(NEXT_DAY);
    assertThat(runs()).last().isEqualTo("nightly done");
    assertThat(proof.ofEverything()).isEmpty();
  }

  @Test
  void ofAnUnfinishedRunNothingIsInIt() {
    aHistory();
    var before = everythingThereIs();
    feed.refunds(DAY, refund("o1", "r1").of(30_00), refund("o2", "r9").of(1_00));
    failAtRow("proved_range", 1);
    nightlyFails(DAY);
    failNoMore();
    assertThat(number("select count(*) from refund where until_run = 5")).isPositive();
    backup.write(file);
    database.clear();
    restored();
    assertThat(everythingThereIs()).isEqualTo(before);
  }

  @Test
  void whatARunDoesMeanwhileIsNotInIt() {
    aHistory();
    var before = everythingThereIs();
    feed.refunds(DAY, refund("o1", "r1").of(30_00), refund("o2", "r9").of(1_00));
    interlude.whenDone(
        Interlude.DECIDING, () -> CompletableFuture.runAsync(() -> backup.write(file)).join());
    nightly(DAY);
    database.clear();
    restored();
    assertThat(everythingThereIs()).isEqualTo(before);
  }

  @Test
  void onlyAnEmptyDatabaseTakesOne() {
    aHistory();
    backup.write(file);
    isRefused("The database is not empty: there are rows in book_line");
    database.clear();
    timeZone("Europe/Stockholm");
    isRefused("there are rows in policy_change");
  }

  @Test
  void whatDoesNotAddUpIsNotKept() {
    aHistory();
    sql("update credit set credited_amount = credited_amount + 1");
    backup.write(file);
    database.clear();
    isRefused("does not add up");
  }

  @Test
  void whatIsDamagedIsRefusedBeforeAnythingIsDone() throws IOException {
    aHistory();
    backup.write(file);
    database.clear();
    var whole = Files.readAllBytes(file);
    for (var place : List.of(100, directory(whole) / 2, directory(whole) - 300)) {
      var damaged = whole.clone();
      damaged[place] ^= 1;
      Files.write(file, damaged);
      isRefused("is damaged");
    }
    for (var length : List.of(0, 10, whole.length / 2, whole.length - 1)) {
      Files.write(file, Arrays.copyOf(whole, length));
      isRefused("is damaged");
    }
    Files.write(file, whole);
    rewrite("manifest.json", manifest -> manifest.replace("\"rows\" : 2", "\"rows\" : 3"));
    isRefused("has another number of rows");
    Files.write(file, whole);
    rewrite("manifest.json", manifest -> manifest.replace("\"journal\"", "\"diary\""));
    isRefused("diary is missing");
    Files.write(file, whole);
    rewrite("manifest.json", manifest -> manifest.replace("\"counts\", ", ""));
    isRefused("it has others than there are: capture, document, event, refund, refusal, release");
    Files.write(file, whole);
    restored();
  }

  /** Where the ZIP's own list begins, behind all that is in it. */
  private static int directory(byte[] zip) {
    return new String(zip, ISO_8859_1).indexOf("PK\001\002");
  }

  @Test
  void whatIsNoBackupOrOfANewerVersionIsRefused() throws IOException {
    aHistory();
    backup.write(file);
    database.clear();
    rewrite(
        "manifest.json",
        manifest ->
            manifest
                .replace("\"tablesVersion\" : " + version(), "\"tablesVersion\" : 999")
                .replace("\"format\" :", "\"heaps\" : 1, \"format\" :"));
    isRefused("with version 999 of the tables");
    rewrite("manifest.json", manifest -> "{}");
    isRefused("is damaged");
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("other.txt"));
    }
    isRefused("is no backup of Recredit's");
    Files.delete(file);
    isRefused("is no file that can be read");
  }

  @Test
  void whereNothingIsThereIsNoBackupToo() {
    assertThat(refused(() -> backup.write(file)).getMessage()).startsWith("No run has finished");
    assertThat(file).doesNotExist();
  }

  @Test
  void nothingIsWrittenOverAndNothingLiesAboutThatIsNotWhole() throws IOException {
    aHistory();
    Files.writeString(file, "somebody's");
    assertThat(refused(() -> backup.write(file)).getMessage()).contains("is there already");
    assertThat(file).hasContent("somebody's");
    var nowhere = folder.resolve("nowhere").resolve("file");
    assertThat(refused(() -> backup.write(nowhere)).getMessage())
        .endsWith(
            "cannot be written: it cannot be made there. Correct that, then run the same command again.");
    Files.delete(file);
    backup.write(file);
    try (var files = Files.list(folder)) {
      assertThat(files.filter(Files::isRegularFile)).containsExactly(file);
    }
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }
}
