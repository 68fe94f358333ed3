package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.database.EmbeddedServer;
import io.recredit.wording.ExitCode;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Keeps Recredit's own database up, for people who want to look into it. */
@Command(
    name = "db",
    mixinStandardHelpOptions = true,
    description = {
      "Keeps Recredit's own PostgreSQL up until Ctrl-C, and says how to connect.",
      "Other commands use it meanwhile."
    })
final class DbCommand implements Callable<Integer> {

  /** Of a session: what people read, and no right to change anything. */
  private static final String AS_READER = "options=-c%20role%3Drecredit_reader";

  @Override
  public Integer call() throws InterruptedException {
    var given = Startup.givenUrl();
    if (given == null) {
      return Startup.keepDatabase(DbCommand::ours);
    }
    yours(given);
    return ExitCode.DONE;
  }

  private static void ours(EmbeddedServer server) {
    var url = server.jdbcUrl();
    Terminal.say(text("app.db.ours"));
    Terminal.say("");
    row(
        "psql",
        "PGPASSWORD=$(cat '%s') psql '%s?%s'"
            .formatted(
                server.passwordFile().toString().replace("'", "'\\''"),
                psql(url).replace("//", "//" + server.username() + "@"),
                AS_READER));
    row("JDBC", url + "?" + AS_READER);
    row(text("app.db.user"), server.username());
    row(text("app.db.password"), text("app.db.password-in", server.passwordFile()));
    Terminal.say("");
    Terminal.say(text("app.db.as-reader"));
    Terminal.say(text("app.db.queries"));
  }

  private static void yours(String url) {
    var plain = url.replaceFirst("\\?.*", "");
    Terminal.say(text("app.db.yours"));
    Terminal.say("");
    row("psql", "psql '%s?%s'".formatted(psql(plain), AS_READER));
    row("JDBC", plain + "?" + AS_READER);
    Terminal.say("");
    Terminal.say(text("app.db.grant"));
  }

  private static void row(String label, String value) {
    Terminal.say(String.format(Locale.ROOT, "  %-9s %s", label, value));
  }

  private static String psql(String jdbcUrl) {
    return jdbcUrl.replaceFirst("^jdbc:", "");
  }
}
