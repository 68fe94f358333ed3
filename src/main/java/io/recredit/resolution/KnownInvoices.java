package io.recredit.resolution;

import static io.recredit.wording.Messages.counted;

import io.recredit.allocation.Reason;
import io.recredit.wording.Amounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Open exceptions whose invoice is known without anybody's judgement, put there all at once. */
@Repository
public class KnownInvoices {

  /** How it is known where a refund belongs. */
  public enum By {
    /** Its order has one invoice only: there is nowhere else to put it. */
    ONLY_INVOICE(
        """
        select x.refund_id, x.order_id, x.refunded_at, x.currency, x.only_invoice as capture_id, x.refunded_amount as amount
        from open x
        where x.only_invoice is not null
        """),
    /** Its place in Klarna's record is proven, and is all of it. */
    RECORDED(
        """
        select x.refund_id, x.order_id, x.refunded_at, x.currency, p.capture_id, p.amount
        from open x
        join recredit.refund_evidence e on e.refund_id = x.refund_id and e.verdict = 'LANDED' and e.certainty = 'PROVEN'
        join recredit.refund_place p on p.refund_id = x.refund_id
        where x.refunded_amount = (select sum(q.amount) from recredit.refund_place q where q.refund_id = x.refund_id)
        """);

    private final String parts;

    By(String parts) {
      this.parts = parts;
    }
  }

  private final JdbcClient jdbc;

  KnownInvoices(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Which of them are meant.
   *
   * @param reasons all where none is named
   * @param until the last business date; null for all
   */
  public record Wanted(
      By by,
      Collection<Reason> reasons,
      @Nullable LocalDate until,
      String note,
      String resolvedBy) {}

  /**
   * What can be put on its invoices.
   *
   * @param stay how many cannot: there is no room, or an invoice came later or is in another
   *     currency
   */
  public record Found(By by, ResolutionRequests requests, int stay) {

    /** "3 exceptions go on the only invoice of their order", "1 stays, as ...". */
    public List<String> said() {
      var said = new ArrayList<String>();
      var found = requests.all().size();
      said.add(
          by == By.RECORDED
              ? counted("resolution.recorded.found", found)
              : counted("resolution.only-invoice.found", found));
      if (stay > 0) {
        said.add(counted("resolution.only-invoice.stay", stay));
      }
      return said;
    }
  }

  /**
   * What a refund would bring to a capture.
   *
   * @param room what all credits left there, later ones too
   */
  private record Part(
      String refundId, String captureId, long amount, String currency, long room, boolean fits) {

    String written() {
      return captureId + "=" + Amounts.toPaste(amount, currency);
    }
  }

  /** In time, each with the room that the ones before it leave. To be asked between runs. */
  public Found find(Wanted wanted) {
    var roomLeft = new HashMap<String, Long>();
    var requests = new ArrayList<ResolutionRequest>();
    var stay = 0;
    for (var refund : candidates(wanted).entrySet()) {
      var parts = refund.getValue();
      if (parts.stream().allMatch(part -> part.fits() && part.amount() <= room(part, roomLeft))) {
        parts.forEach(part -> roomLeft.put(part.captureId(), room(part, roomLeft) - part.amount()));
        requests.add(request(refund.getKey(), parts, wanted));
      } else {
        stay++;
      }
    }
    return new Found(
        wanted.by(), ResolutionRequests.of(requests.toArray(ResolutionRequest[]::new)), stay);
  }

  private static long room(Part part, Map<String, Long> roomLeft) {
    return roomLeft.getOrDefault(part.captureId(), part.room());
  }

  private static ResolutionRequest request(String refundId, List<Part> parts, Wanted wanted) {
    var captures =
        parts.size() == 1
            ? List.of(parts.get(0).captureId())
            : parts.stream().map(Part::written).toList();
    return new ResolutionRequest(
        "", refundId, ResolveAs.of(captures, null), wanted.note(), wanted.resolvedBy(), null);
  }

  /** By refund, in time. Nothing that is on its invoice is put off it. */
  private Map<String, List<Part>> candidates(Wanted wanted) {
    var byRefund = new LinkedHashMap<String, List<Part>>();
    jdbc.sql(
            """
            with open as materialized (
              select refund_id, order_id, refunded_amount, currency, only_invoice, refunded_at
              from recredit.refund_exception
              where (cardinality(:reasons::text[]) = 0 or reason = any(:reasons))
                and (:until::date is null or business_date <= :until)
            ), part as (
              {parts}
            )
            select p.refund_id, p.capture_id, p.amount, p.currency, b.remaining_amount,
              b.order_id = p.order_id and b.currency = p.currency and b.captured_at <= p.refunded_at as fits
            from part p
            left join lateral (
              select * from recredit.invoice_balance where capture_id = p.capture_id
            ) b on true
            order by p.refunded_at, p.refund_id collate "C", p.capture_id collate "C"
            """
                .replace("{parts}", wanted.by().parts))
        .param("reasons", wanted.reasons().stream().map(Reason::name).toArray(String[]::new))
        .param("until", wanted.until())
        .query(
            row -> {
              byRefund
                  .computeIfAbsent(row.getString("refund_id"), id -> new ArrayList<>())
                  .add(part(row));
            });
    return byRefund;
  }

  private static Part part(ResultSet row) throws SQLException {
    return new Part(
        row.getString("refund_id"),
        row.getString("capture_id"),
        row.getLong("amount"),
        String.valueOf(row.getString("currency")),
        row.getLong("remaining_amount"),
        row.getBoolean("fits"));
  }
}
