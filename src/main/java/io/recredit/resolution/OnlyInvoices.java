package io.recredit.resolution;

import static io.recredit.wording.Messages.counted;

import io.recredit.allocation.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Open exceptions whose order has one invoice only: there is nowhere else to put them. */
@Repository
public class OnlyInvoices {

  private final JdbcClient jdbc;

  OnlyInvoices(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Which of them are meant.
   *
   * @param reasons all where none is named
   * @param until the last business date; null for all
   */
  public record Wanted(
      Collection<Reason> reasons, @Nullable LocalDate until, String note, String by) {}

  /**
   * What can be put on its invoice.
   *
   * @param stay how many cannot: there is no room, or the invoice came later or is in another
   *     currency
   */
  public record Found(ResolutionRequests requests, int stay) {

    /** "3 refunds go on the only invoice of their order; 1 stays, as ...". */
    public List<String> said() {
      var said = new ArrayList<String>();
      said.add(counted("resolution.only-invoice.found", requests.all().size()));
      if (stay > 0) {
        said.add(counted("resolution.only-invoice.stay", stay));
      }
      return said;
    }
  }

  private record Candidate(
      String refundId, long amount, String captureId, long room, boolean fits) {}

  /** In time, each with the room that the ones before it leave. To be asked between runs. */
  public Found find(Wanted wanted) {
    var roomLeft = new HashMap<String, Long>();
    var requests = new ArrayList<ResolutionRequest>();
    var stay = 0;
    for (var one : candidates(wanted)) {
      var room = roomLeft.getOrDefault(one.captureId(), one.room());
      if (one.fits() && one.amount() <= room) {
        roomLeft.put(one.captureId(), room - one.amount());
        requests.add(
            new ResolutionRequest(
                "",
                one.refundId(),
                ResolveAs.of(List.of(one.captureId()), null),
                wanted.note(),
                wanted.by(),
                null));
      } else {
        stay++;
      }
    }
    return new Found(ResolutionRequests.of(requests.toArray(ResolutionRequest[]::new)), stay);
  }

  /**
   * Room is what all credits left, later ones too: nothing that is on its invoice is put off it.
   */
  private List<Candidate> candidates(Wanted wanted) {
    return jdbc.sql(
            """
            with open as materialized (
              select refund_id, refunded_amount, currency, only_invoice, refunded_at
              from recredit.refund_exception
              where only_invoice is not null
                and (cardinality(:reasons::text[]) = 0 or reason = any(:reasons))
                and (:until::date is null or business_date <= :until)
            )
            select o.refund_id, o.refunded_amount, o.only_invoice, b.remaining_amount,
              b.currency = o.currency and b.captured_at <= o.refunded_at as fits
            from open o
            cross join lateral (
              select * from recredit.invoice_balance where capture_id = o.only_invoice
            ) b
            order by o.refunded_at, o.refund_id
            """)
        .param("reasons", wanted.reasons().stream().map(Reason::name).toArray(String[]::new))
        .param("until", wanted.until())
        .query((row, n) -> candidate(row))
        .list();
  }

  private static Candidate candidate(ResultSet row) throws SQLException {
    return new Candidate(
        row.getString("refund_id"),
        row.getLong("refunded_amount"),
        row.getString("only_invoice"),
        row.getLong("remaining_amount"),
        row.getBoolean("fits"));
  }
}
