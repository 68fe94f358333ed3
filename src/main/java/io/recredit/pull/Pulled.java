package io.recredit.pull;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a pull.
 *
 * @param day of the file that the documents were added to
 * @param documents how many it had
 * @param reports how many settlement reports it had
 * @param hasPayouts whether it had the list of payouts, be it that there are none
 * @param payoutsFrom since when payouts were asked for; null where they were not
 * @param emptied days that got an empty file, so that they are not waited for
 * @param notHad what could not be had, and why
 * @param notAsked how many orders and reports were not asked for, since nothing was answered
 * @param calls how many calls it took
 */
public record Pulled(
    LocalDate day,
    long documents,
    long reports,
    boolean hasPayouts,
    @Nullable LocalDate payoutsFrom,
    List<LocalDate> emptied,
    List<NotHad> notHad,
    long notAsked,
    long calls) {

  public Pulled {
    emptied = List.copyOf(emptied);
    notHad = List.copyOf(notHad);
  }

  /**
   * What could not be had.
   *
   * @param what an order, a report, the list of payouts
   */
  public record NotHad(String what, String why) {}

  /** Whether something could be had, or there was nothing to be had. */
  public boolean hadSomething() {
    return documents > 0 || hasPayouts || notHad.isEmpty();
  }

  /** Whether all that was asked for was had. */
  public boolean isWhole() {
    return notHad.isEmpty() && notAsked == 0;
  }
}
