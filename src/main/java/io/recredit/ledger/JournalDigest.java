package io.recredit.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * A SHA-256 over the journal's entries up to a day, in the text form of rules.md, part 8: each
 * column as the number of its text's bytes, ":", the text and ","; "-," for null; and a line end
 * behind each entry. No order_reference, which is the shop's own and may be erased.
 */
final class JournalDigest {

  private static final List<String> COLUMNS =
      List.of(
          "entry_id",
          "posting_date",
          "run_id",
          "refund_id",
          "order_id",
          "purchase_country",
          "account",
          "capture_id",
          "invoice_reference",
          "decision",
          "tax_source",
          "currency",
          "tax_rate",
          "amount",
          "tax_amount",
          "business_date",
          "sales_tax_amount");

  /** Of all entries up to the last of the days, in their order. */
  static final String ENTRIES =
      "select %s from journal where posting_date <= ? order by entry_id"
          .formatted(String.join(", ", COLUMNS));

  private final LocalDate until;
  private final MessageDigest sha256 = newDigest();
  private long entries;

  JournalDigest(LocalDate until) {
    this.until = until;
  }

  /** Takes the entry in, unless it is posted on a later day. */
  void add(LocalDate postingDate, byte[] entry) {
    if (!postingDate.isAfter(until)) {
      sha256.update(entry);
      entries++;
    }
  }

  LocalDate until() {
    return until;
  }

  long entries() {
    return entries;
  }

  /** In hexadecimal digits; once, at the end. */
  String sha256() {
    return HexFormat.of().formatHex(sha256.digest());
  }

  static LocalDate postingDate(ResultSet row) throws SQLException {
    return Objects.requireNonNull(row.getObject("posting_date", LocalDate.class));
  }

  static byte[] entry(ResultSet row) throws SQLException {
    var entry = new StringBuilder(256);
    for (var column : COLUMNS) {
      var value = row.getString(column);
      if (value == null) {
        entry.append("-,");
      } else {
        entry.append(value.getBytes(UTF_8).length).append(':').append(value).append(',');
      }
    }
    return entry.append('\n').toString().getBytes(UTF_8);
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
