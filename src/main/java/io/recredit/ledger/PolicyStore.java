package io.recredit.ledger;

import static io.recredit.wording.Messages.text;

import io.recredit.allocation.Policies;
import io.recredit.allocation.Policies.Ambiguous;
import io.recredit.allocation.Policies.Evidence;
import io.recredit.allocation.Policies.Resolved;
import io.recredit.allocation.Policies.Spanning;
import io.recredit.postgres.Rows;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The policies, kept with who changed them and when. */
@Repository
public class PolicyStore {

  private static final Logger LOG = LoggerFactory.getLogger(PolicyStore.class);

  private final JdbcClient jdbc;

  PolicyStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those in force for the next run. */
  public Policies current() {
    return jdbc.sql("select * from policy_change order by change_id desc limit 1")
        .query((row, n) -> read(row))
        .optional()
        .orElse(Policies.DEFAULT);
  }

  /**
   * Keeps the policies for the next run.
   *
   * @param namesTimeZone whether the time zone was said, be it that it stays what it is
   */
  public void change(
      Policies policies, boolean namesTimeZone, String changedBy, Instant changedAt) {
    jdbc.sql(
            """
            insert into policy_change (changed_at, changed_by, spanning, ambiguous, return_fee_countries, time_zone,
              resolved, evidence, names_time_zone)
            values (?, ? || ' (' || current_user || ')', ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(changedAt.atOffset(ZoneOffset.UTC), changedBy)
        .params(columns(policies))
        .param(namesTimeZone)
        .update();
    LOG.atInfo()
        .addKeyValue("recredit.changed_by", changedBy)
        .log("Policies set by {}: {}", changedBy, policies.words());
  }

  /** Whether anybody ever said in which time zone business dates are. */
  public boolean isTimeZoneSet() {
    return jdbc.sql("select exists (select from policy_change where names_time_zone)")
        .query(Boolean.class)
        .single();
  }

  /** Who changed them last, and when, as a sentence; empty where nobody did. */
  public Optional<String> lastChange() {
    return jdbc.sql("select * from policy_change order by change_id desc limit 1")
        .query(
            (row, n) ->
                text(
                    "app.policy.last-changed",
                    row.getString("changed_by"),
                    Rows.time(row, "changed_at").truncatedTo(ChronoUnit.SECONDS)))
        .optional();
  }

  /** The columns spanning, ambiguous, return_fee_countries, time_zone, resolved and evidence. */
  public static List<Object> columns(Policies policies) {
    return List.of(
        Policies.word(policies.spanning()),
        Policies.word(policies.ambiguous()),
        policies.returnFeeCountries().toArray(String[]::new),
        policies.timeZone().getId(),
        Policies.word(policies.resolved()),
        Policies.word(policies.evidence()));
  }

  public static Policies read(ResultSet row) throws SQLException {
    Array countries = row.getArray("return_fee_countries");
    return Policies.of(
            Spanning.valueOf(row.getString("spanning").toUpperCase(Locale.ROOT)),
            Ambiguous.valueOf(row.getString("ambiguous").toUpperCase(Locale.ROOT)),
            Arrays.asList((String[]) countries.getArray()),
            ZoneId.of(row.getString("time_zone")))
        .with(Resolved.valueOf(row.getString("resolved").toUpperCase(Locale.ROOT)))
        .with(Evidence.valueOf(row.getString("evidence").toUpperCase(Locale.ROOT)));
  }
}
