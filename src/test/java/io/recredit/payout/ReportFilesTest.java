package io.recredit.payout;

import static io.recredit.payout.Report.bytes;
import static io.recredit.payout.Report.file;
import static io.recredit.payout.Report.none;
import static io.recredit.payout.Report.packed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recredit.feed.FeedFile;
import io.recredit.feed.FeedKind;
import io.recredit.wording.FilesException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are reports, packed or not, and files that are none. */
class ReportFilesTest {

  private static final String WHOLE =
      """
      payment_reference;settlement_currency;total_sale_amount
      P1;SEK;20,00

      type;amount;order_id
      SALE;10,00;o1
      """;

  @TempDir Path folder;

  @Test
  void aPackedReportIsRead() {
    var file = file(folder, "P1.20260105T000000+0000.csv.gz", packed(WHOLE));
    assertThat(Report.of(file, ColumnNames.usual()))
        .isEqualTo(Report.named(folder, "P1.20260105T000000+0000.csv", WHOLE));
  }

  @Test
  void whatIsNoReportIsNamed() {
    assertThat(none(file(folder, "a.pdf", bytes("%PDF-1.4\n\u00E2\u00E3"))))
        .contains("a.pdf", "PDF");
    assertThat(none(file(folder, "a.csv", ""))).contains("a.csv", "is empty");
    assertThat(none(file(folder, "a.csv", "\uFEFF"))).contains("is empty");
    assertThat(none(file(folder, "a.csv", " \n\n"))).contains("no line of it is a header");
    assertThat(none(file(folder, "a.csv", "type,sum\nSALE,1\n"))).contains("a header with type");
    assertThat(none(file(folder, "a.json", "{\"transactions\":[{"))).contains("cut off");
    assertThat(none(file(folder, "a.json", "{\"transactions\":{}}"))).contains("its JSON has no");
    assertThat(none(file(folder, "a.json", "[]"))).contains("its JSON has no");
    assertThat(none(file(folder, "a.json", "{\"totals\":{}}{\"totals\":{}}"))).contains("follows");
    assertThat(none(file(folder, "a.json", bytes("{\"totals\":{},\"x\":\"\u00E4\"}"))))
        .contains("goes wrong in line 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.csv.gz", "a.json.gz"})
  void aBrokenGzipFileIsNoReport(String name) {
    var content = name.contains("csv") ? WHOLE : "{\"transactions\":[]}";
    var whole = packed(content);
    for (var length = 1; length < whole.length; length++) {
      assertThat(none(file(folder, name, Arrays.copyOf(whole, length)))).contains("gzip");
    }
    assertThat(none(file(folder, name, WHOLE))).contains("gzip");
    assertThat(none(file(folder, name, new byte[0]))).contains("gzip");
    assertThat(none(file(folder, name, packed("")))).contains("is empty");
  }

  @Test
  void theOrdersOfARejectedRowAreNamedToo() {
    var file = file(folder, "r.csv", "type,amount,order_id\nSALE,x, o1 \n,,\n,,o2\n");
    var orders = new ArrayList<String>();
    ((SettlementReport) SettlementReport.look(file, ColumnNames.usual())).orderIds(orders::add);
    assertThat(orders).containsExactly("o1", "o2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"r.csv", "r.csv.gz", "r.json"})
  void theDigestIsOfTheBytesOnDiskAndOtherBytesAreNotRead(String name) {
    var isJson = name.contains("json");
    var content = isJson ? "{\"transactions\":[]} \n" : WHOLE;
    var file = file(folder, name, name.endsWith(".gz") ? packed(content) : content.getBytes(UTF_8));
    var report = (SettlementReport) SettlementReport.look(file, ColumnNames.usual());
    assertThat(report.sha256())
        .isEqualTo(new FeedFile(FeedKind.CAPTURES, LocalDate.EPOCH, file).sha256());
    for (var other : new String[] {content.replace("1", "2") + " ", "", "{\"transactions\":["}) {
      file(folder, name, other);
      assertThatThrownBy(() -> Report.of(report))
          .isInstanceOf(FilesException.class)
          .hasMessageContaining("changed while it was read");
    }
  }
}
