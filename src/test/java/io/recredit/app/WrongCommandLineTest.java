package io.recredit.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.app.Program.Ended;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a command line is said before anything starts. */
class WrongCommandLineTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rerun --from 2026-11-21 --to 2026-11-20",
        "rerun --from 2026-11-21",
        "policy --spanning sometimes",
        "policy --time-zone +02:00",
        "nightly --date 0000-12-30",
        "nightly --date +10000-01-02",
        "report --from -0001-01-01 --to 2026-11-20 --output reports",
        "report --from 2026-11-20 --to 2026-11-20 --output reports --by decided",
        "resolve r1 --capture _ --note asked --by Ada",
        "resolve r1 --capture c1=1,2,3 --note asked --by Ada",
        "resolve r1 --only-invoice --note asked --by Ada",
        "note r1 --status forgotten --note asked --by Ada",
        "close --until 2026-11-30",
        "close --by Ada",
        "close --until 2026-11-30 --reopen --by Ada",
        "export --output vouchers.csv",
        "export --again 1 --draft --output vouchers.csv",
        "export --format xml --from 2026-11-01 --to 2026-11-30 --accounts a.csv --output v.csv",
        "export --format csv --from 2026-11-30 --to 2026-11-01 --accounts a.csv --output v.csv",
        "export --format csv --from 2026-11-01 --to 2026-11-30 --accounts a.csv --output v.csv --currency KR",
      })
  void itEndsWithTwoAndASentence(String commandLine) {
    var arguments = commandLine.split(" ");
    for (var i = 0; i < arguments.length; i++) {
      arguments[i] = arguments[i].equals("_") ? "" : arguments[i];
    }
    var ended = run(arguments);
    assertThat(ended.exitCode()).as(ended.said()).isEqualTo(2);
    ended.assertPlainWords();
  }

  private static Ended run(String... arguments) {
    var stream = System.err;
    var said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, UTF_8));
    try {
      return new Ended(RecreditCommand.execute(arguments), "", said.toString(UTF_8));
    } finally {
      System.setErr(stream);
    }
  }
}
