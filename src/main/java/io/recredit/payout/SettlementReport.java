package io.recredit.payout;

import static io.recredit.wording.Messages.text;

import io.recredit.feed.FeedFaults;
import io.recredit.feed.FileOnDisk;
import io.recredit.payout.Rows.Pagination;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;

/**
 * A settlement report of Klarna's: CSV or JSON, plain or packed, of one payout or of many. It is
 * read twice, in bounded memory but for what it says of each payout: what a summary at its end
 * says, or the end of a page, is needed for the first row.
 */
public final class SettlementReport implements Look {

  private final Path file;
  private final ColumnNames names;
  private final Payouts payouts;
  private final String sha256;

  private SettlementReport(Path file, ColumnNames names, Payouts payouts, String sha256) {
    this.file = file;
    this.names = names;
    this.payouts = payouts;
    this.sha256 = sha256;
  }

  /**
   * The first pass: whether it is a report, and whose.
   *
   * @throws io.recredit.wording.UserException where the disk refuses
   */
  public static Look look(Path file, ColumnNames names) {
    var payouts = new Payouts(file);
    try (var bytes = new ReportBytes(file)) {
      if (bytes.isEmpty()) {
        return new NoReport(text("payout.none.empty", file), bytes.sha256());
      }
      if (!bytes.read(names, List.of(), payouts)) {
        return noReport(file, bytes);
      }
      payouts.complete();
      return new SettlementReport(file, names, payouts, bytes.sha256());
    } catch (JacksonIOException | IOException e) {
      return new NoReport(text("payout.none.gzip", file), FileOnDisk.sha256(file));
    } catch (JacksonException e) {
      var at = e.getLocation();
      return new NoReport(
          text("payout.none.broken-json", file, at.getLineNr(), at.getColumnNr()),
          FileOnDisk.sha256(file));
    }
  }

  private static NoReport noReport(Path file, ReportBytes bytes) {
    return new NoReport(
        bytes.isPdf()
            ? text("payout.none.pdf", file)
            : bytes.isJson() ? text("payout.none.json", file) : text("payout.none.other", file),
        bytes.sha256());
  }

  @Override
  public String sha256() {
    return sha256;
  }

  /**
   * The second pass: all rows, where they stand, and at the end what the file has of each payout.
   *
   * @throws io.recredit.wording.FilesException where the file is not what it was at the first; then
   *     what the sink was given is worth nothing
   */
  public void read(Sink sink) {
    var reading = new Reading(payouts, sink);
    read(payouts.pages(), reading);
    reading.complete();
  }

  /** The orders that it names, as often as it does, also in rows that would be rejected. */
  public void orderIds(Consumer<String> to) {
    read(payouts.pages(), new OrderIds(to));
  }

  private void read(List<Pagination> pages, Rows rows) {
    try (var bytes = new ReportBytes(file)) {
      if (!bytes.read(names, pages, rows) || !bytes.sha256().equals(sha256)) {
        throw FeedFaults.changedMeanwhile(file);
      }
    } catch (JacksonException | IOException e) {
      throw FeedFaults.changedMeanwhile(file);
    }
  }

  private record OrderIds(Consumer<String> to) implements Rows {

    @Override
    public void transaction(Said said) {
      var value = said.value(Name.ORDER_ID);
      if (value != null && value.form() != Value.Form.OTHER) {
        to.accept(value.text());
      }
    }

    @Override
    public void summary(Said said) {}

    @Override
    public void unreadable(RejectedRow row, boolean inSummary) {}
  }
}
