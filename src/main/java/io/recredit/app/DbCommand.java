package io.recredit.app;

import io.recredit.database.EmbeddedServer;
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
    if (given != null) {
      yours(given);
    } else {
      Startup.keepDatabase(DbCommand::ours);
    }
    return ExitCode.DONE;
  }

  private static void ours(EmbeddedServer server) {
    var url = server.jdbcUrl();
    Terminal.say("Recredit's PostgreSQL is up, until Ctrl-C; other commands use it meanwhile.");
    Terminal.say("");
    Terminal.say(
        "  psql      PGPASSWORD=$(cat '%s') psql '%s?%s'"
            .formatted(
                server.passwordFile(),
                psql(url).replace("//", "//" + server.username() + "@"),
                AS_READER));
    Terminal.say("  JDBC      " + url + "?" + AS_READER);
    Terminal.say("  user      " + server.username());
    Terminal.say("  password  in " + server.passwordFile());
    Terminal.say("");
    Terminal.say(
        "As recredit_reader you read the schema recredit and change nothing: \\d+ recredit.invoice_credit;");
    Terminal.say("sql/queries has queries to paste. The port is another one the next time.");
  }

  private static void yours(String url) {
    var plain = url.replaceFirst("\\?.*", "");
    Terminal.say(
        "The database is yours (SPRING_DATASOURCE_URL): it is neither started nor stopped here. To connect:");
    Terminal.say("");
    Terminal.say("  psql      psql '%s?%s'".formatted(psql(plain), AS_READER));
    Terminal.say("  JDBC      " + plain + "?" + AS_READER);
    Terminal.say("");
    Terminal.say("with a user of its own who was granted it: grant recredit_reader to somebody;");
  }

  private static String psql(String jdbcUrl) {
    return jdbcUrl.replaceFirst("^jdbc:", "");
  }
}
