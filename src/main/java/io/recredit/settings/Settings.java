package io.recredit.settings;

import io.recredit.wording.Messages;
import io.recredit.wording.UserException;
import java.time.Duration;
import java.time.MonthDay;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Recredit's settings. They are checked here and not by Jakarta Validation, whose library would
 * take part of every start for one number.
 *
 * @param version the program's; set by the build
 * @param threads how many threads read, decide and prove side by side; 0, the default, is as many
 *     as there are processors, at most 8
 * @param lookBackDays of how many of the last days read the files are looked at again
 * @param keepYears so many years back nothing is pruned
 * @param payoutDays after how many days a refund or capture that is in no payout is missing
 * @param logFormat plain or ecs
 * @param pullPerSecond how many calls a second {@code pull} makes, at most
 * @param pullLongestWait how much of what Klarna asks to wait is heeded
 * @param eventRefundId the field of an event's payload that holds the refund's id
 * @param eventRefundedAmount the field of an event's payload that holds the refund's amount
 * @param companyName whose books they are, as reports and exports name it; null where nobody said
 * @param companyNumber its number in the register of companies, for SIE; null where nobody said
 * @param voucherSeries the ledger's series of vouchers, for SIE
 * @param financialYearEnd the last day of its financial year, as month and day
 * @param payoutColumns what the account calls columns of settlement reports, by Klarna's names
 */
@ConfigurationProperties("recredit")
public record Settings(
    String version,
    @DefaultValue("0") int threads,
    @DefaultValue("14") int lookBackDays,
    @DefaultValue("10") int keepYears,
    @DefaultValue("14") int payoutDays,
    @DefaultValue("plain") String logFormat,
    @DefaultValue("20") int pullPerSecond,
    @DefaultValue("5m") Duration pullLongestWait,
    @DefaultValue("payment_refund_id") String eventRefundId,
    @DefaultValue("refunded_amount") String eventRefundedAmount,
    @Nullable String companyName,
    @Nullable String companyNumber,
    @DefaultValue("A") String voucherSeries,
    @DefaultValue("12-31") String financialYearEnd,
    @DefaultValue Map<String, String> payoutColumns) {

  /** Each holds a connection, of the pool's 12 in application.yaml. */
  private static final int MOST_THREADS = 8;

  /** Five times what Klarna allows. */
  private static final int MOST_PER_SECOND = 1000;

  private static final int MOST_YEARS = 1000;

  /** The field of an event's payload that holds the order's id. */
  private static final String EVENT_ORDER_ID = "payment_transaction_id";

  private static final Duration A_DAY = Duration.ofDays(1);

  public Settings {
    if (threads < 0 || threads > MOST_THREADS) {
      throw new UserException(Messages.text("settings.threads", threads, MOST_THREADS));
    }
    if (threads == 0) {
      threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    }
    if (lookBackDays < 0) {
      throw new UserException(Messages.text("settings.look-back-days", lookBackDays));
    }
    if (keepYears < 0 || keepYears > MOST_YEARS) {
      throw new UserException(Messages.text("settings.keep-years", keepYears, MOST_YEARS));
    }
    if (payoutDays < 0) {
      throw new UserException(Messages.text("settings.payout-days", payoutDays));
    }
    if (pullPerSecond < 1 || pullPerSecond > MOST_PER_SECOND) {
      throw new UserException(
          Messages.text("settings.pull-per-second", pullPerSecond, MOST_PER_SECOND));
    }
    if (pullLongestWait.isNegative() || pullLongestWait.compareTo(A_DAY) > 0) {
      throw new UserException(Messages.text("settings.pull-longest-wait", pullLongestWait));
    }
    if (Stream.of(EVENT_ORDER_ID, eventRefundId, eventRefundedAmount)
            .filter(name -> !name.isBlank())
            .distinct()
            .count()
        < 3) {
      throw new UserException(
          Messages.text("settings.event-names", eventRefundId, eventRefundedAmount));
    }
    if (!logFormat.equals("plain") && !logFormat.equals("ecs")) {
      throw new UserException(Messages.text("settings.log-format", logFormat));
    }
    payoutColumns = Map.copyOf(payoutColumns);
    try {
      MonthDay.parse("--" + financialYearEnd);
    } catch (DateTimeParseException e) {
      throw new UserException(Messages.text("settings.financial-year-end", financialYearEnd), e);
    }
  }

  /** The last day of the financial year; of February 29 the last of February. */
  public MonthDay lastDayOfYear() {
    return MonthDay.parse("--" + financialYearEnd);
  }
}
