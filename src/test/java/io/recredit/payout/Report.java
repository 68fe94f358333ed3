package io.recredit.payout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** What is read of a report, for tests. */
record Report(
    List<Transaction> transactions,
    List<Totals> totals,
    List<RejectedRow> rejected,
    List<PayoutPart> parts) {

  /** With a name that says nothing of the payout. */
  static Report of(Path folder, String content) {
    return of(file(folder, "report.csv", content), ColumnNames.usual());
  }

  static Report named(Path folder, String name, String content) {
    return of(file(folder, name, content), ColumnNames.usual());
  }

  static Report of(Path file, ColumnNames names) {
    var look = SettlementReport.look(file, names);
    assertThat(look).isInstanceOf(SettlementReport.class);
    return of((SettlementReport) look);
  }

  static Report of(SettlementReport report) {
    var read =
        new Report(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    report.read(
        new Sink() {
          @Override
          public void transaction(Transaction transaction) {
            read.transactions.add(transaction);
          }

          @Override
          public void totals(Totals totals) {
            read.totals.add(totals);
          }

          @Override
          public void rejected(RejectedRow row) {
            read.rejected.add(row);
          }

          @Override
          public void part(PayoutPart part) {
            read.parts.add(part);
          }
        });
    return read;
  }

  /** The sentence on a file that is no report. */
  static String none(Path file) {
    var look = SettlementReport.look(file, ColumnNames.usual());
    assertThat(look).isInstanceOf(NoReport.class);
    return ((NoReport) look).sentence();
  }

  static Path file(Path folder, String name, String content) {
    return file(folder, name, content.getBytes(UTF_8));
  }

  static Path file(Path folder, String name, byte[] content) {
    try {
      return Files.write(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each character a byte. */
  static byte[] bytes(String latin1) {
    return latin1.getBytes(ISO_8859_1);
  }

  static byte[] packed(String content) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(content.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Each transaction in short: its row, type, amount and payout. */
  List<String> inShort() {
    return transactions.stream()
        .map(
            t ->
                "%d %s %d %s %s"
                    .formatted(t.row(), t.type(), t.amount(), t.currency(), t.paymentReference()))
        .toList();
  }

  /** Each rejection in short: its row and what is wrong. */
  List<String> errors() {
    return rejected.stream().map(row -> row.row() + " " + row.error()).toList();
  }
}
