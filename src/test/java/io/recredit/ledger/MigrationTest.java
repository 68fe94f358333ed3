package io.recredit.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The migrations as files: what has run on somebody's tables stays as it is. */
class MigrationTest {

  private static final Path MIGRATIONS = Path.of("sql", "migrations");

  /** SHA-256 of each versioned migration. A line is added for a new one; none is ever changed. */
  private static final Map<String, String> VERSIONED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "V1__job_repository.sql",
                  "138322d93b14e1e883abb6bda99156f90cd8235b1cc18348993a44fa270bfeb0"),
              Map.entry(
                  "V2__ledger.sql",
                  "afb222ebcbc3619215148df5435e72e33f3264c9b76d28fdcd6cffbfbf2ecd42"),
              Map.entry(
                  "V3__work_on_exceptions.sql",
                  "67ac45e56aa4fcad9d1786ee859046116297db2ea0f8c355d0c6261d0e70b5bc"),
              Map.entry(
                  "V4__what_people_look_for.sql",
                  "d6dbad5241f33dac1521899c754e45b72d08f992d98e06b9f4966aaa3d2b5764"),
              Map.entry(
                  "V5__rules_beside_resolutions.sql",
                  "b4fe74ce84b15eb537321171eccc6f2b2761214db1be54372d22e6901e04eacd"),
              Map.entry(
                  "V6__reports_counted_without_gaps.sql",
                  "39f752ccdf2286b1ec230de9c569462cbbf94452e38830af3b7305e3758a0115"),
              Map.entry(
                  "V7__klarnas_record.sql",
                  "503cc6732aaf003af4b29f3bf9c1a14803f405fc3706e7c0bea48927cac58e40"),
              Map.entry(
                  "V8__asked_of_klarna.sql",
                  "973f70086157e1c9c86e1d21fbbe0d78b520f5f3dd1772cb2697952db94035db"),
              Map.entry(
                  "V9__books.sql",
                  "5161af2c0115a1e76fb01bdb4809005f1153bd5750c3e41eaa6d8916006e87dc"),
              Map.entry(
                  "V10__operation.sql",
                  "0b50c9bffe6b290c4e9286bde1e91e4ec9b655a29963399c96598c31609e7cf6"),
              Map.entry(
                  "V11__pull.sql",
                  "4309217127a5e2d35a5229f6e13f896be4a0427f5cbee88a06c4191ee5b1ccc9"),
              Map.entry(
                  "V12__least_rights.sql",
                  "4b194f65664fa491be164405afb1f8ad83c8b64a76b7be7747efa9f0b1b30cde"),
              Map.entry(
                  "V13__erasing.sql",
                  "504d17a2ff5f3c29b838ecad4016220c3927b1747e702398435efcdc183c2d48"),
              Map.entry(
                  "V14__pruning.sql",
                  "3044ee05904e74d5340f53ca8722e7d1eaf5373c5c9b723d3670f471a2dda071"),
              Map.entry(
                  "V15__refusals_and_events.sql",
                  "da260091581003d27efc55ace1ef06958ba57afc0f154ab150fac9ca9ff8d4c8"),
              Map.entry(
                  "V16__payouts.sql",
                  "987be0a4b69c2612af037452fb4b23d5c95003c3914b36364da3925b3884c730"),
              Map.entry(
                  "V17__whole_requests.sql",
                  "532d160ad6a52ace304e142f41132cae50b7d403ffc453ff79b2eefea5f73254"),
              Map.entry(
                  "V18__payouts_by_record.sql",
                  "f1d62c2155baf0b0cb51ecaf9033738856eb53411d90697965a59eed794bebe2")));

  @Test
  void versionedMigrationsAreOnlyAdded() throws IOException {
    var found = new TreeMap<String, String>();
    try (var files = Files.list(MIGRATIONS)) {
      files.filter(file -> name(file).startsWith("V")).forEach(f -> found.put(name(f), sha256(f)));
    }
    assertThat(found)
        .as(
            "Databases that a versioned migration has run on refuse another text of it. Leave it as it was, and add a file V<next number>__<what it does>.sql, with its SHA-256 here.")
        .isEqualTo(VERSIONED);
  }

  @Test
  void whatPeopleReadIsPlainSql() throws IOException {
    try (var files = Files.list(MIGRATIONS)) {
      assertThat(files.filter(file -> name(file).startsWith("R__")))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file))
                      .as("%s, without loops and statements made of texts", file)
                      .doesNotContain("execute ", "do $$", "loop"));
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** With lines that end as in the repository, wherever it was checked out. */
  private static String sha256(Path file) {
    try {
      var text = Files.readString(file).replace("\r\n", "\n");
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
