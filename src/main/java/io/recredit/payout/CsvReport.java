package io.recredit.payout;

import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import io.recredit.feed.RawText;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A report as CSV: sections, each a header and rows. What stands before the first is passed over.
 *
 * <pre>
 * payment_reference;payout_date;settlement_currency;total_sale_amount
 * XISA93DJ;2026-01-05;SEK;189,40
 *
 * type;amount;order_id
 * SALE;189,40;f3392f8b
 * </pre>
 */
final class CsvReport {

  private final CsvRows csv;
  private final ColumnNames names;
  private final Rows rows;
  private @Nullable Header header;

  private CsvReport(InputStream in, ColumnNames names, Rows rows) {
    this.csv = new CsvRows(in);
    this.names = names;
    this.rows = rows;
  }

  /** Whether there is a header. */
  static boolean read(InputStream in, ColumnNames names, Rows rows) throws IOException {
    return new CsvReport(in, names, rows).read();
  }

  private boolean read() throws IOException {
    for (var row = next(); row != null; row = next()) {
      var next = isRow(row) ? null : Header.of(row.bytes(), names);
      if (next != null) {
        header = next;
      } else if (header != null) {
        row(row, header);
      }
    }
    return header != null;
  }

  private @Nullable CsvRow next() throws IOException {
    return csv.next(header == null ? CsvRows.NO_SEPARATOR : header.separator());
  }

  /** At a glance: a header has no number where its section's rows have one. */
  private boolean isRow(CsvRow row) {
    return header != null && header.number() >= 0 && row.isLikeNumber(header.number());
  }

  private void row(CsvRow row, Header of) {
    var fault = fault(row, of);
    if (fault != null) {
      rows.unreadable(new RejectedRow(row.line(), fault, row.raw()), of.isSummary());
    } else if (row.isBlank()) {
      return;
    } else if (of.isSummary()) {
      rows.summary(new CsvSaid(row, of));
    } else {
      rows.transaction(new CsvSaid(row, of));
    }
  }

  private static @Nullable String fault(CsvRow row, Header of) {
    if (row.fault() != null) {
      return switch (row.fault()) {
        case UNENDING_QUOTE -> text("payout.row.unending-quote");
        case BEHIND_QUOTE -> text("payout.row.behind-quote");
        case TOO_LONG -> text("payout.row.too-long", CsvRows.MAX_ROW_BYTES);
      };
    }
    var bytes = row.bytes();
    var end = RawText.utf8Length(bytes);
    if (end < bytes.length) {
      return text(
          "feed.line.no-utf8",
          RawText.characters(bytes, 0, end) + 1,
          RawText.of(bytes, end, end + 1, 4));
    }
    return row.width() == of.width() || row.isBlank()
        ? null
        : counted("payout.row.width", row.width(), of.width());
  }

  /** A row, by the header of its section. */
  private record CsvSaid(CsvRow content, Header header) implements Said {

    @Override
    public long row() {
      return content.line();
    }

    @Override
    public @Nullable Value value(Name name) {
      return value(header.column(name));
    }

    @Override
    public @Nullable Value value(Total total) {
      return value(header.column(total));
    }

    private @Nullable Value value(@Nullable Integer column) {
      if (column == null) {
        return null;
      }
      var text = content.text(column);
      return text.isEmpty() ? null : new Value(text, Value.Form.WRITTEN);
    }

    @Override
    public String raw() {
      return content.raw();
    }

    @Override
    public int page() {
      return 0;
    }
  }
}
