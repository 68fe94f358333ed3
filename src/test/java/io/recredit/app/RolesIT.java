package io.recredit.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.TestDatabase;
import io.recredit.app.Program.Ended;
import io.recredit.pull.KlarnaServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command as each of the three roles, on a database where nobody is a superuser and nothing
 * is granted to all.
 */
class RolesIT {

  private static final String SAMPLE = Path.of("jobs", "sample").toAbsolutePath().toString();
  private static final String ACCOUNTS =
      Path.of("jobs", "accounts.csv").toAbsolutePath().toString();

  private static final String REFUND = "refund-1009-1";

  @TempDir private Path folder;

  private final TestDatabase database = TestDatabase.onServerOfItsOwn();
  private KlarnaServer klarna;

  @BeforeEach
  void open() throws Exception {
    klarna = KlarnaServer.start(0);
  }

  @AfterEach
  void close() {
    klarna.close();
  }

  private Ended as(String user, String... command) throws Exception {
    return new Program(folder)
        .on(database.as(user))
        .with("RECREDIT_INPUT", SAMPLE)
        .with("RECREDIT_KLARNA_URL", klarna.url().toString())
        .with("RECREDIT_KLARNA_USERNAME", KlarnaServer.USERNAME)
        .with("RECREDIT_KLARNA_PASSWORD", KlarnaServer.PASSWORD)
        .run(command);
  }

  private void may(int exitCode, String user, String... command) throws Exception {
    var ended = as(user, command);
    assertThat(ended.exitCode())
        .as("%s as %s: %s", List.of(command), user, ended.said())
        .isEqualTo(exitCode);
  }

  private void mayNot(String why, String user, String... command) throws Exception {
    var ended = as(user, command);
    assertThat(ended.exitCode()).as(ended.said()).isEqualTo(1);
    ended.assertPlainWords();
    assertThat(ended.err()).contains(why);
  }

  @Test
  void eachRoleDoesWhatIsItsAndNothingElse() throws Exception {
    for (var statement :
        List.of(
            "create role dba login createrole password 'dba'",
            "revoke all on database %s from public".formatted(name()),
            "revoke all on schema public from public",
            "alter database %s owner to dba".formatted(name()))) {
      database.rows(statement);
    }
    database.as("dba").makeRoles();
    database.rows("create role rita login password 'rita' in role recredit_reader");
    database.rows("create role jobless login password 'jobless'");
    database.rows("grant connect on database %s to jobless".formatted(name()));

    mayNot("migrate as recredit_owner", "recredit_job", "nightly", "--date", "2026-11-20");
    may(7, "rita", "status");
    may(0, "recredit_owner", "migrate");
    mayNot("only their owner may: that is recredit_owner", "recredit_job", "migrate");
    mayNot("usage on schema recredit_read", "jobless", "status");

    may(0, "recredit_job", "policy", "--time-zone", "UTC");
    may(3, "recredit_job", "nightly", "--date", "2026-11-20");
    may(0, "recredit_job", "nightly", "--date", "2026-11-21");
    may(3, "recredit_job", "rerun", "--from", "2026-11-20", "--to", "2026-11-20");
    may(
        0,
        "recredit_job",
        "note",
        REFUND,
        "--status",
        "asked",
        "--case",
        "1",
        "--by",
        "Karin",
        "--note",
        "x");
    may(0, "recredit_job", "resolve", REFUND, "--write-off", "--by", "Karin", "--note", "gone");
    may(0, "recredit_job", "close", "--until", "2026-11-21", "--by", "Karin");
    may(
        0,
        "recredit_job",
        "export",
        "--format",
        "csv",
        "--from",
        "2026-11-01",
        "--to",
        "2026-11-21",
        "--currency",
        "SEK",
        "--accounts",
        ACCOUNTS,
        "--output",
        folder.resolve("november.csv").toString());
    klarna.payout("P1", "2026-11-21", "type,amount,currency,order_id\nFEE,1.00,SEK,\n");
    var pulled = Files.createDirectory(folder.resolve("pulled")).toString();
    var pull = new String[] {"pull", "--payouts-from", "2026-11-01", "--input", pulled};
    mayNot("usage on schema recredit_store", "rita", pull);
    may(0, "recredit_job", pull);
    var reopen =
        new String[] {
          "close", "--until", "2026-11-19", "--reopen", "--by", "Karin", "--note", "a mistake"
        };
    mayNot("only their owner may: that is recredit_owner", "recredit_job", reopen);
    may(0, "recredit_owner", reopen);
    var erase = new String[] {"erase", "--order", "order-1009-no-capture", "--by", "Karin"};
    mayNot("only their owner may: that is recredit_owner", "recredit_job", erase);
    may(0, "recredit_owner", erase);
    mayNot("only their owner", "recredit_job", "prune", "--before", "2016-01-01");
    may(0, "recredit_owner", "prune", "--before", "2016-01-01");
    var backup = folder.resolve("shop.backup").toString();
    mayNot("usage on schema recredit_store", "rita", "backup", backup);
    may(0, "recredit_job", "backup", backup);
    mayNot("only their owner may: that is recredit_owner", "recredit_job", "restore", backup);
    mayNot("The database is not empty", "recredit_owner", "restore", backup);

    var body = folder.resolve("body.json");
    Files.writeString(
        body, "{\"order_id\": \"order-1009-no-capture\", \"refunded_amount\": 24900}");
    may(0, "rita", "prove");
    may(0, "rita", "explain", "--refund", REFUND);
    may(5, "rita", "check", body.toString());
    may(7, "rita", "status");
    may(0, "rita", report("rita"));
    may(0, "recredit_job", report("job"));
    mayNot("usage on schema recredit_store", "rita", "nightly");
    mayNot(
        "role recredit_job granted",
        "rita",
        "resolve",
        REFUND,
        "--withdraw",
        "--by",
        "Karin",
        "--note",
        "x");
    assertThat(database.rows("select written_by from recredit.report_register order by report_id"))
        .anyMatch(by -> by.endsWith("(rita)"))
        .anyMatch(by -> by.endsWith("(recredit_job)"));
  }

  private String[] report(String into) {
    var output = folder.resolve(into).toString();
    return new String[] {
      "report", "--from", "2026-11-20", "--to", "2026-11-21", "--output", output
    };
  }

  private String name() {
    return database.url().replaceAll(".*/", "");
  }
}
