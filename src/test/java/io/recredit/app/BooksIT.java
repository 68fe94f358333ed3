package io.recredit.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.TestDatabase;
import io.recredit.app.Program.Ended;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A month's end, as an accountant goes through it with the commands of the README. */
class BooksIT {

  private static final String INPUT = Path.of("jobs", "sample").toAbsolutePath().toString();
  private static final String ACCOUNTS =
      Path.of("jobs", "accounts.csv").toAbsolutePath().toString();

  @TempDir private Path folder;

  @Test
  void aMonthIsClosedExportedAndOpenedAgain() throws Exception {
    var program =
        new Program(folder).on(TestDatabase.fresh()).with("RECREDIT_COMPANY_NAME", "Skor AB");
    done(3, program.run("nightly", "--date", "2026-11-20", "--input", INPUT));
    var close = new String[] {"close", "--until", "2026-11-21", "--by", "Karin", "--input", INPUT};

    var refused = program.run(close);
    done(1, refused);
    refused.assertPlainWords();
    assertThat(refused.err()).contains("- nobody ever said the time zone", "- days that belong");
    done(0, program.run("policy", "--time-zone", "UTC"));
    done(0, program.run("nightly", "--date", "2026-11-21", "--input", INPUT));
    assertThat(done(0, program.run(close)).out()).contains("closed up to 2026-11-21 (closing 1");

    var sie = folder.resolve("november.si");
    assertThat(done(0, program.run(export("sie4", sie))).out()).contains("Export 1 is in");
    var written = Files.readAllBytes(sie);
    assertThat(new String(written, Charset.forName("IBM437")))
        .startsWith("#FLAGGA 0\r\n")
        .contains("#FNAMN \"Skor AB\"", "#VER \"A\" \"\" 20261120 \"Recredit export 1, entries ");
    Files.delete(sie);
    done(0, program.run("export", "--again", "1", "--output", sie.toString()));
    assertThat(Files.readAllBytes(sie)).isEqualTo(written);

    var opened =
        program.run(
            "close", "--until", "2026-11-19", "--reopen", "--by", "Karin", "--note", "a mistake");
    assertThat(done(0, opened).out()).contains("reopening of 2026-11-20 to 2026-11-21");
    done(0, program.run("prove"));
  }

  private static String[] export(String format, Path output) {
    return new String[] {
      "export",
      "--format",
      format,
      "--from",
      "2026-11-01",
      "--to",
      "2026-11-21",
      "--currency",
      "SEK",
      "--accounts",
      ACCOUNTS,
      "--output",
      output.toString()
    };
  }

  private static Ended done(int exitCode, Ended ended) {
    assertThat(ended.exitCode()).as(ended.said()).isEqualTo(exitCode);
    return ended;
  }
}
