package io.recredit.status;

import io.recredit.input.FilesAsRead.Looked;
import io.recredit.ledger.ClosedPeriod;
import io.recredit.status.Unusual.What;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How things stand.
 *
 * @param lastRun the newest finished run that read files; null where there is none
 * @param unfinished runs that failed or were broken off, and nobody carried on or undid
 * @param daysMissing up to yesterday, never read and not skipped
 * @param looked what the files of the last days are; null where the folder is not there
 */
public record Status(
    Instant now,
    Duration maxAge,
    @Nullable LastRun lastRun,
    List<Unfinished> unfinished,
    List<LocalDate> daysMissing,
    @Nullable Looked looked,
    List<OpenExceptions> exceptions,
    long contradicted,
    List<Unusual> unusual,
    @Nullable ClosedPeriod closed,
    Versions versions) {

  /** What of it needs somebody. */
  public enum Need {
    NO_RUN,
    TOO_OLD,
    UNFINISHED,
    DAYS_MISSING,
    UNUSUAL
  }

  /** A finished run, and what it did. */
  public record LastRun(
      long runId,
      String kind,
      LocalDate from,
      LocalDate to,
      Instant startedAt,
      Instant endedAt,
      long captures,
      long refunds,
      long releases,
      long documents,
      long refusals,
      long events,
      long rejected,
      long credited,
      long exceptions,
      long ordersRefundedBeyond,
      List<RunAmount> amounts) {}

  /** In minor units; the currency is null where it is not known. */
  public record RunAmount(@Nullable String currency, BigInteger credited, BigInteger excepted) {}

  /** A run that is to be carried on or undone, with what it failed of where it could say so. */
  public record Unfinished(
      long runId,
      String kind,
      LocalDate from,
      LocalDate to,
      Instant startedAt,
      @Nullable String failure) {}

  /** Open exceptions of a reason and a currency; days are those of the refunds. */
  public record OpenExceptions(
      String reason, @Nullable String currency, Age age, long count, BigInteger amount) {}

  /** How long ago the refund of an exception was. */
  public enum Age {
    WEEK(7),
    MONTH(30),
    OLDER(Long.MAX_VALUE);

    private final long mostDays;

    Age(long mostDays) {
      this.mostDays = mostDays;
    }

    static Age of(long days) {
      return days <= WEEK.mostDays ? WEEK : days <= MONTH.mostDays ? MONTH : OLDER;
    }
  }

  /** Of the program, the tables, the rules and PostgreSQL. */
  public record Versions(String program, int tables, int rules, String postgresql) {}

  public Optional<Duration> age() {
    return Optional.ofNullable(lastRun).map(run -> Duration.between(run.endedAt(), now));
  }

  /** Empty where nothing needs anybody. */
  public List<Need> needs() {
    var needs = new ArrayList<Need>();
    if (lastRun == null) {
      needs.add(Need.NO_RUN);
    }
    if (age().filter(age -> age.compareTo(maxAge) > 0).isPresent()) {
      needs.add(Need.TOO_OLD);
    }
    if (!unfinished.isEmpty()) {
      needs.add(Need.UNFINISHED);
    }
    if (!daysMissing.isEmpty()) {
      needs.add(Need.DAYS_MISSING);
    }
    if (!unusual.isEmpty()) {
      needs.add(Need.UNUSUAL);
    }
    return List.copyOf(needs);
  }

  boolean isUnusual(What what) {
    return unusual.stream().anyMatch(one -> one.what() == what);
  }
}
