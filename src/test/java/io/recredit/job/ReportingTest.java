package io.recredit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.recredit.report.Reports;
import io.recredit.report.content.DateBasis;
import io.recredit.report.content.ReportRequest;
import io.recredit.run.Progress;
import io.recredit.table.CsvStyle;
import io.recredit.wording.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** The words that the tests of reports speak. */
abstract class ReportingTest extends JobTest {

  @TempDir Path output;
  @Autowired private Reports reports;

  /** What the person who waits was told meanwhile. */
  final List<String> progress = new ArrayList<>();

  /** What happens while the rejected lines are written, the last file but the page. */
  Runnable meanwhile = () -> {};

  final ReadBack report(String folder, String from, String to) {
    return report(folder, request(from, to, DateBasis.BUSINESS_DATE, null));
  }

  final ReadBack report(String folder, ReportRequest request) {
    return report(folder, request, CsvStyle.PLAIN);
  }

  final ReadBack report(String folder, ReportRequest request, CsvStyle style) {
    var written = reports.write(request, output.resolve(folder), style, "tester", progress());
    assertThat(written.lines()).isNotEmpty();
    return new ReadBack(output.resolve(folder));
  }

  final String refused(ReportRequest request) {
    return refusedIn("refused", request);
  }

  final String refusedIn(String folder, ReportRequest request) {
    var refused =
        catchThrowableOfType(
            UserException.class,
            () ->
                reports.write(
                    request, output.resolve(folder), CsvStyle.PLAIN, "tester", progress()));
    return String.valueOf(refused.getMessage());
  }

  static ReportRequest posted(String from, String to) {
    return request(from, to, DateBasis.POSTING_DATE, null);
  }

  static ReportRequest request(String from, String to, DateBasis basis, @Nullable Long asOf) {
    return new ReportRequest(LocalDate.parse(from), LocalDate.parse(to), basis, asOf);
  }

  final String page(String folder) {
    try {
      return Files.readString(output.resolve(folder).resolve("report.html"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Progress progress() {
    return new Progress() {
      @Override
      public void begin(String what, Unit unit, long total) {
        progress.add(what);
        if (what.equals("writing rejected")) {
          meanwhile.run();
        }
      }

      @Override
      public void advance(long done) {}

      @Override
      public void end() {}
    };
  }

  final Map<String, String> bytes(String folder) throws IOException {
    var bytes = new TreeMap<String, String>();
    try (var files = Files.list(output.resolve(folder))) {
      for (var file : files.toList()) {
        bytes.put(
            file.getFileName().toString(),
            Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
      }
    }
    return bytes;
  }
}
