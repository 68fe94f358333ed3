package io.recredit.run;

import static io.recredit.wording.ExitCode.WRONG_COMMAND_LINE;
import static io.recredit.wording.Messages.text;

import io.recredit.feed.FeedFolder;
import io.recredit.input.FilesAsRead;
import io.recredit.input.Readings;
import io.recredit.ledger.PolicyStore;
import io.recredit.paid.PayoutFiles;
import io.recredit.payout.PayoutFolder;
import io.recredit.wording.Days;
import io.recredit.wording.UserException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The days that a nightly run reads where nobody names one. */
@Component
public class CatchUp {

  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

  /** Nobody delivers a month late by accident. */
  private static final int MOST_DAYS_BEFORE = 31;

  private final Readings readings;
  private final FilesAsRead files;
  private final PayoutFiles payouts;
  private final PolicyStore policies;
  private final Clock clock;

  CatchUp(
      Readings readings,
      FilesAsRead files,
      PayoutFiles payouts,
      PolicyStore policies,
      Clock clock) {
    this.readings = readings;
    this.files = files;
    this.payouts = payouts;
    this.policies = policies;
    this.clock = clock;
  }

  /**
   * Refuses a day that is hardly meant: one mistyped day in the future, or long before the first,
   * would stay in what was read and say of every other day that it is missing.
   *
   * @param first it is meant that the day becomes the first one
   */
  public void requireDay(LocalDate day, boolean first) {
    var today = today();
    if (day.isAfter(today)) {
      throw new UserException(text("run.day.after-today", day, today), WRONG_COMMAND_LINE);
    }
    readings
        .firstDayRead()
        .filter(read -> !first && day.isBefore(read.minusDays(MOST_DAYS_BEFORE)))
        .ifPresent(
            read -> {
              throw new UserException(
                  text("run.day.long-before", day, MOST_DAYS_BEFORE, read), WRONG_COMMAND_LINE);
            });
  }

  /**
   * Every day since the first one read, up to yesterday in the policy's time zone, that was never
   * read; and of the last days read those whose files are new or not what was read. Yesterday alone
   * where nothing was ever read. In their order. Where no such day has a file, and there are
   * settlement reports to read, also the last one read: any run reads them.
   */
  public List<LocalDate> days(Path input) {
    var yesterday = today().minusDays(1);
    if (readings.firstDayRead().isEmpty()) {
      return List.of(yesterday);
    }
    var folder = new FeedFolder(input.toAbsolutePath().normalize());
    folder.mustBeThere();
    var looked = files.lookBack(input);
    files.remember(looked);
    var days = new TreeSet<>(readings.daysNeverRead(yesterday));
    looked.different().forEach(file -> days.add(file.date()));
    readings.daysSkipped().stream().filter(day -> !folder.hasNone(day)).forEach(days::add);
    if (days.stream().allMatch(folder::hasNone)
        && !payouts.toRead(PayoutFolder.in(input)).isEmpty()) {
      readings.lastDayRead().ifPresent(days::add);
    }
    return List.copyOf(days);
  }

  /**
   * Notes that the files of days will never come; {@link UserException} where one was read, is not
   * over, lies before all that was read, or has a file.
   *
   * @param input the folder of the files
   */
  public void skip(
      LocalDate from, LocalDate to, Path input, String skippedBy, @Nullable String note) {
    var first = readings.firstDayRead().orElse(LocalDate.MAX);
    var yesterday = today().minusDays(1);
    if (from.isBefore(first) || to.isAfter(yesterday)) {
      throw new UserException(text("run.skip.outside", Days.range(from, to), yesterday));
    }
    var days = from.datesUntil(to.plusDays(1)).toList();
    var read = days.stream().filter(readings::wasRead).toList();
    if (!read.isEmpty()) {
      throw new UserException(text("run.skip.read", String.join(", ", Days.ranges(read))));
    }
    var folder = new FeedFolder(input.toAbsolutePath().normalize());
    var there = days.stream().filter(day -> !folder.hasNone(day)).toList();
    if (!there.isEmpty()) {
      throw new UserException(text("run.skip.files", String.join(", ", Days.ranges(there)), input));
    }
    readings.skip(days, skippedBy, clock.instant(), note);
    LOG.atInfo()
        .addKeyValue("recredit.changed_by", skippedBy)
        .log("{} skipped by {}", Days.range(from, to), skippedBy);
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(policies.current().timeZone()));
  }
}
