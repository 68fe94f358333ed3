package io.recredit.export;

import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import io.recredit.export.Posted.Taken;
import io.recredit.ledger.ClosedPeriod;
import io.recredit.ledger.ClosedPeriods;
import io.recredit.ledger.PolicyStore;
import io.recredit.settings.Settings;
import io.recredit.wording.Amounts;
import io.recredit.wording.UserException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Exports the journal to a ledger: each entry once, each export kept as it was written. */
@Service
public class Exports {

  /**
   * What is to be exported, with its currency: that of the entry, else the one that a later entry
   * of the refund has, which nobody knew when this one was posted.
   */
  private static final String TO_EXPORT =
      """
      select j.*, coalesce(j.currency, (
        select k.currency from journal k where k.refund_id = j.refund_id and k.currency is not null order by k.entry_id desc limit 1
      )) as known_currency
      from journal j
      where j.posting_date between ? and ?
        and not exists (select from ledger_export_entry x where x.entry_id = j.entry_id)
      """;

  private static final String POSTED =
      """
      select posting_date, known_currency, purchase_country, account, tax_rate, sum(amount) as amount,
        coalesce(sum(tax_amount), 0) as tax_amount, sum(sales_tax_amount) as sales_tax_amount,
        count(*) as entries, min(entry_id) as first_entry, max(entry_id) as last_entry
      from ({to_export}) j
      group by posting_date, known_currency, purchase_country, account, tax_rate
      """
          .replace("{to_export}", TO_EXPORT);

  /**
   * All of what is in the currencies, and of unknown currency in the countries, that were taken.
   */
  private static final String KEEP =
      """
      insert into ledger_export_entry (entry_id, export_id)
      select entry_id, ? from ({to_export}) j
      where known_currency = any(?) or known_currency is null and coalesce(purchase_country, '') = any(?)
      """
          .replace("{to_export}", TO_EXPORT);

  private final JdbcClient jdbc;
  private final ClosedPeriods closed;
  private final PolicyStore policies;
  private final Settings settings;
  private final Clock clock;

  Exports(
      JdbcClient jdbc, ClosedPeriods closed, PolicyStore policies, Settings settings, Clock clock) {
    this.jdbc = jdbc;
    this.closed = closed;
    this.policies = policies;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * An export, ready to be a file.
   *
   * @param exportId its number; null of a draft
   * @param waiting sentences about entries that wait until their currency is known
   * @param before closed entries before the first day that no export has
   * @param earlier the numbers of the exports that have entries of these days
   */
  public record Made(
      @Nullable Long exportId,
      long vouchers,
      long entries,
      List<Debit> debits,
      List<String> waiting,
      long before,
      String earlier) {}

  /** What stands on one side of the vouchers, and on the other. */
  public record Debit(String currency, BigInteger amount) {}

  /**
   * Makes an export, and keeps it unless it is a draft; {@link UserException} says why not, and
   * then nothing is kept.
   *
   * @param write takes the file's bytes before they are kept: what cannot be written is not kept
   */
  @Transactional
  public Made make(ExportRequest request, String exportedBy, Writing write) {
    if (!request.draft()) {
      // Until the transaction ends: two exports must not take the same entries, and none is posted.
      jdbc.sql("select hold_exports()").query().singleRow();
      mustBeClosed(request.to());
    }
    var accounts = LedgerAccounts.read(request.accounts());
    var inCurrency = inCurrency(posted(request), accounts);
    var waiting =
        inCurrency.stream()
            .filter(one -> LedgerAccounts.waits(one.currency()))
            .map(one -> waiting(one.posted()))
            .toList();
    var taken =
        inCurrency.stream()
            .filter(one -> !LedgerAccounts.waits(one.currency()))
            .filter(one -> request.currency() == null || request.currency().equals(one.currency()))
            .toList();
    var vouchers = Vouchers.of(taken, accounts);
    var exportId = request.draft() || taken.isEmpty() ? null : nextId();
    if (!taken.isEmpty()) {
      var content = content(request, exportId, vouchers);
      write.write(content);
      if (exportId != null) {
        keep(exportId, request, exportedBy, vouchers.size(), content, taken);
      }
    }
    return new Made(
        exportId,
        vouchers.size(),
        entries(taken),
        debits(vouchers),
        waiting,
        notExportedBefore(request.from()),
        earlier(request));
  }

  /** Takes the bytes of a file. */
  @FunctionalInterface
  public interface Writing {
    void write(byte[] content);
  }

  private void mustBeClosed(LocalDate to) {
    var until = closed.last().map(ClosedPeriod::until);
    if (until.filter(last -> !to.isAfter(last)).isEmpty()) {
      throw new UserException(
          until
              .map(last -> text("export.not-closed", to, last))
              .orElseGet(() -> text("export.nothing-closed", to)));
    }
  }

  /** Where nobody knows it, the accounts say which it is, or that it waits. */
  private static List<Taken> inCurrency(List<Posted> posted, LedgerAccounts accounts) {
    var known = new ArrayList<Taken>();
    var notKnown = new ArrayList<String>();
    for (var one : posted) {
      Optional.ofNullable(one.currency())
          .or(() -> accounts.currency(one.country()))
          .ifPresentOrElse(
              currency -> known.add(new Taken(one, currency)),
              () -> notKnown.add(text("export.no-currency", country(one))));
    }
    if (!notKnown.isEmpty()) {
      throw Vouchers.notMapped(notKnown);
    }
    return known;
  }

  private static String country(Posted of) {
    return Objects.requireNonNullElse(of.country(), Rate.UNKNOWN);
  }

  private static String waiting(Posted of) {
    return text(
        "export.waiting",
        of.date(),
        of.account(),
        country(of),
        counted("count.entry", of.entries()),
        of.firstEntry(),
        of.lastEntry(),
        Amounts.format(of.amount(), null));
  }

  private static long entries(List<Taken> taken) {
    return taken.stream().mapToLong(one -> one.posted().entries()).sum();
  }

  private List<Posted> posted(ExportRequest request) {
    return jdbc.sql(POSTED)
        .params(request.from(), request.to())
        .query((row, n) -> read(row))
        .list();
  }

  private static Posted read(ResultSet row) throws SQLException {
    return new Posted(
        Objects.requireNonNull(row.getObject("posting_date", LocalDate.class)),
        row.getString("known_currency"),
        row.getString("purchase_country"),
        row.getString("account"),
        row.getObject("tax_rate", Long.class),
        sum(row, "amount"),
        sum(row, "tax_amount"),
        sum(row, "sales_tax_amount"),
        row.getLong("entries"),
        row.getLong("first_entry"),
        row.getLong("last_entry"));
  }

  private static BigInteger sum(ResultSet row, String column) throws SQLException {
    BigDecimal sum = Objects.requireNonNull(row.getBigDecimal(column));
    return sum.toBigIntegerExact();
  }

  private long nextId() {
    return jdbc.sql("select coalesce(max(export_id), 0) + 1 from ledger_export")
        .query(Long.class)
        .single();
  }

  private byte[] content(ExportRequest request, @Nullable Long exportId, List<Voucher> vouchers) {
    var today = LocalDate.now(clock.withZone(policies.current().timeZone()));
    return switch (request.format()) {
      case CSV -> CsvVouchers.write(exportId == null ? "draft" : exportId.toString(), vouchers);
      case SIE4 -> SieVouchers.write(exportId, today, vouchers, settings);
    };
  }

  private void keep(
      long exportId,
      ExportRequest request,
      String exportedBy,
      int vouchers,
      byte[] content,
      List<Taken> taken) {
    jdbc.sql(
            """
            insert into ledger_export (export_id, format, from_date, to_date, currency, exported_by, exported_at, vouchers, sha256, content)
            values (?, ?, ?, ?, ?, ? || ' (' || current_user || ')', ?, ?, encode(sha256(?), 'hex'), ?)
            """)
        .params(
            Arrays.asList(
                exportId,
                request.format().word(),
                request.from(),
                request.to(),
                request.currency(),
                exportedBy,
                clock.instant().atOffset(ZoneOffset.UTC),
                vouchers,
                content,
                content))
        .update();
    var entries =
        jdbc.sql(KEEP)
            .params(exportId)
            .params(request.from(), request.to())
            .params(
                texts(taken.stream().map(one -> one.posted().currency())),
                texts(
                    taken.stream()
                        .map(Taken::posted)
                        .filter(posted -> posted.currency() == null)
                        .map(posted -> Objects.requireNonNullElse(posted.country(), ""))))
            .update();
    if (entries != entries(taken)) {
      throw new IllegalStateException("The vouchers are not of the entries of export " + exportId);
    }
  }

  private static String[] texts(Stream<@Nullable String> texts) {
    return texts.filter(Objects::nonNull).distinct().toArray(String[]::new);
  }

  private static List<Debit> debits(List<Voucher> vouchers) {
    return vouchers.stream()
        .map(Voucher::currency)
        .distinct()
        .sorted()
        .map(
            currency ->
                new Debit(
                    currency,
                    vouchers.stream()
                        .filter(voucher -> voucher.currency().equals(currency))
                        .map(Voucher::debit)
                        .reduce(BigInteger.ZERO, BigInteger::add)))
        .toList();
  }

  private long notExportedBefore(LocalDate from) {
    var last = closed.last().map(ClosedPeriod::until).orElse(LocalDate.MIN);
    var to = last.isBefore(from) ? last : from.minusDays(1);
    return jdbc.sql("select count(*) from (" + TO_EXPORT + ") j")
        .params(LocalDate.MIN, to)
        .query(Long.class)
        .single();
  }

  /** "1, 4": the exports that have entries of these days. */
  private String earlier(ExportRequest request) {
    return jdbc.sql(
            """
            select coalesce(string_agg(export_id::text, ', ' order by export_id), '')
            from (
              select distinct x.export_id
              from journal j join ledger_export_entry x using (entry_id)
              where j.posting_date between ? and ?
            ) e
            """)
        .params(request.from(), request.to())
        .query(String.class)
        .single();
  }

  /** The bytes of an earlier export, as they were; {@link UserException} where there is none. */
  public byte[] again(long exportId) {
    return jdbc.sql("select content from ledger_export where export_id = ?")
        .param(exportId)
        .query((row, n) -> Objects.requireNonNull(row.getBytes(1)))
        .optional()
        .orElseThrow(() -> new UserException(text("export.none", exportId)));
  }
}
