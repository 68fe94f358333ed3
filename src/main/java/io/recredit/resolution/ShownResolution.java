package io.recredit.resolution;

import io.recredit.allocation.Resolution.Part;
import io.recredit.postgres.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an accountant decided about a refund, by a finished run.
 *
 * @param parts by hand: what each capture gets; otherwise empty
 * @param supersededBy the run that resolved it anew or took it back; null while it holds
 */
public record ShownResolution(
    String refundId,
    ResolutionKind kind,
    long resolvedAmount,
    List<Part> parts,
    String note,
    String resolvedBy,
    Instant resolvedAt,
    long runId,
    @Nullable Long supersededBy) {

  public ShownResolution {
    parts = List.copyOf(parts);
  }

  static ShownResolution read(ResultSet row) throws SQLException {
    return new ShownResolution(
        row.getString("refund_id"),
        ResolutionKind.of(row.getString("kind")),
        row.getLong("resolved_amount"),
        parts(row),
        row.getString("note"),
        row.getString("resolved_by"),
        Rows.time(row, "resolved_at"),
        row.getLong("run_id"),
        row.getObject("superseded_by", Long.class));
  }

  /** Of the columns capture_id and amount, which go side by side. */
  public static List<Part> parts(ResultSet row) throws SQLException {
    return parts(row, "");
  }

  /** Likewise, where both names begin alike. */
  public static List<Part> parts(ResultSet row, String prefix) throws SQLException {
    var captures = (String[]) row.getArray(prefix + "capture_id").getArray();
    var amounts = (Long[]) row.getArray(prefix + "amount").getArray();
    var parts = new ArrayList<Part>();
    for (var i = 0; i < captures.length; i++) {
      parts.add(new Part(captures[i], amounts[i]));
    }
    return parts;
  }

  /** Whether it says what becomes of the refund today. */
  public boolean holds() {
    return supersededBy == null && kind != ResolutionKind.WITHDRAWN;
  }
}
