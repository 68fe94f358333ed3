package io.recredit.ledger;

import io.recredit.allocation.CodePoints;
import io.recredit.postgres.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What people call the orders of a page: of each the reference of its latest snapshot that gives
 * one, else of its newest capture that does, else of its newest refund (rules.md, part 3).
 */
final class OrderReferences {

  /** The last kind that gives one counts. */
  enum Of {
    REFUND("refund_id", "refunded_at"),
    CAPTURE("capture_id", "captured_at"),
    DOCUMENT("document_id", "read_at");

    private final String id;
    private final String at;

    Of(String id, String at) {
      this.id = id;
      this.at = at;
    }
  }

  private record Given(Of of, Instant at, String id, String reference) {}

  private static final Comparator<Given> LAST_COUNTS =
      Comparator.comparing(Given::of)
          .thenComparing(Given::at)
          .thenComparing(Given::id, CodePoints.ORDER);

  private final Map<Long, Given> given = new HashMap<>();

  /** Of a row with {@code n}, its id, its time, and {@code merchant_reference1}. */
  void note(Of of, ResultSet row) throws SQLException {
    var reference = row.getString("merchant_reference1");
    if (reference != null) {
      given.merge(
          row.getLong("n"),
          new Given(of, Rows.time(row, of.at), row.getString(of.id), reference),
          BinaryOperator.maxBy(LAST_COUNTS));
    }
  }

  @Nullable String of(long n) {
    var last = given.get(n);
    return last == null ? null : last.reference();
  }
}
