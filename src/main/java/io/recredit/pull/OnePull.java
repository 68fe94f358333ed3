package io.recredit.pull;

import static io.recredit.wording.Messages.text;

import io.recredit.pull.KlarnaApi.Payout;
import io.recredit.pull.PullStore.Done;
import io.recredit.pull.PullStore.LastPull;
import io.recredit.pull.Pulled.NotHad;
import io.recredit.run.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pull, from what is wanted to the day's file. */
final class OnePull {

  private static final Logger LOG = LoggerFactory.getLogger(OnePull.class);

  /** An answer may take half a second: so many are under way at the default rate. */
  private static final int THREADS = 10;

  /** So many orders in a row without an answer, each after several tries: Klarna is not there. */
  private static final int MOST_IN_A_ROW = 10;

  /** A payout may be listed some days late; a report that is there is not asked for again. */
  private static final int DAYS_BEFORE_LAST = 7;

  /** What an interrupted pull had counts for so long; then the order is asked for again. */
  private static final Duration FRESH = Duration.ofHours(24);

  private final PullRequest request;
  private final KlarnaApi api;
  private final OrdersFile file;
  private final PullStore store;
  private final Progress progress;
  private final Clock clock;
  private final ZoneId zone;
  private final Optional<LastPull> last;

  private final Set<String> had = ConcurrentHashMap.newKeySet();
  private final List<NotHad> notHad = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger inARow = new AtomicInteger();
  private volatile boolean isAnswered;
  private volatile boolean isGivenUp;
  private boolean isListed;
  private long reports;

  OnePull(
      PullRequest request,
      KlarnaApi api,
      OrdersFile file,
      PullStore store,
      Progress progress,
      Clock clock,
      ZoneId zone) {
    this.request = request;
    this.api = api;
    this.file = file;
    this.store = store;
    this.progress = progress;
    this.clock = clock;
    this.zone = zone;
    last = store.last();
  }

  /** All of it; what the disk or the database refuses ends it, and the next one carries on. */
  Pulled done() {
    var startedAt = clock.instant();
    var today = today();
    store.want(request.orderIds());
    if (request.open()) {
      store.wantOpen();
    }
    var payoutsFrom = payoutsFrom(today);
    var payoutsUntil =
        payoutsFrom != null && payouts(payoutsFrom) && !leavesAGap(payoutsFrom) ? today : null;
    var notAsked = documents();
    var day = today().minusDays(1); // of a pull over midnight the one that a night then waits for
    var wasAnythingAsked = api.calls() > 0;
    List<LocalDate> emptied = List.of();
    if (isAnswered || !wasAnythingAsked) {
      emptied = file.makeEmpty(daysBetween(day));
      file.complete(day);
      store.had(had);
      store.done(
          new Done(
              day,
              payoutsUntil,
              startedAt,
              clock.instant(),
              had.size(),
              reports,
              notHad.size() + notAsked,
              api.calls()));
    }
    LOG.info(
        "Pulled {} documents and {} reports into orders-{}, {} not had, {} not asked for, in {} calls",
        had.size(),
        reports,
        day,
        notHad.size(),
        notAsked,
        api.calls());
    return new Pulled(
        day, had.size(), reports, isListed, payoutsFrom, emptied, notHad, notAsked, api.calls());
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(zone));
  }

  /** Null where payouts are not asked for. */
  private @Nullable LocalDate payoutsFrom(LocalDate today) {
    return request.payoutsFrom() != null || !request.sinceLast()
        ? request.payoutsFrom()
        : payoutsUntil().map(until -> until.minusDays(DAYS_BEFORE_LAST)).orElse(today.minusDays(1));
  }

  /** Whether payouts before these were never asked for, and the next pull is to do it. */
  private boolean leavesAGap(LocalDate from) {
    return payoutsUntil().filter(from::isAfter).isPresent();
  }

  private Optional<LocalDate> payoutsUntil() {
    return last.map(LastPull::payoutsUntil);
  }

  /** Those that are over since the last pull, and have had their own chance to get a file. */
  private List<LocalDate> daysBetween(LocalDate day) {
    return last.map(LastPull::fileDate)
        .filter(before -> before.isBefore(day))
        .map(before -> before.plusDays(1).datesUntil(day).toList())
        .orElse(List.of());
  }

  /** Whether all were had. */
  private boolean payouts(LocalDate from) {
    List<Payout> payouts;
    try {
      payouts = api.payouts(from);
      isListed = true;
      isAnswered = true;
    } catch (NotHadException e) {
      notHad(text("pull.what.payouts", from), e);
      return false;
    }
    var folder = ReportFolder.in(request.input());
    var isWhole = true;
    for (var payout : payouts) {
      isWhole &= report(payout, folder);
    }
    return isWhole;
  }

  private boolean report(Payout payout, ReportFolder folder) {
    var there = folder.find(payout);
    try {
      if (there == null) {
        // Noted before the report stays, which is not looked into again.
        folder.save(payout, api, store::want);
        reports++;
      } else if (request.payoutsFrom() != null) {
        store.want(ReportFolder.orderIds(there));
      }
      return true;
    } catch (NotHadException e) {
      notHad(text("pull.what.report", payout.reference()), e);
      return false;
    }
  }

  /** How many were not asked for, since Klarna answers no more. */
  private int documents() {
    var fresh = clock.instant().minus(FRESH);
    file.there()
        .forEach(
            (orderId, readAt) -> {
              if (readAt.isAfter(fresh)) {
                had.add(orderId);
              }
            });
    var left = new ConcurrentLinkedQueue<>(store.wanted());
    left.removeAll(had);
    if (left.isEmpty()) {
      return 0;
    }
    progress.begin(text("pull.progress"), Progress.Unit.ORDERS, left.size());
    try {
      together(() -> ask(left));
    } finally {
      progress.end();
    }
    return left.size();
  }

  private void ask(Queue<String> left) {
    for (var orderId = next(left); orderId != null; orderId = next(left)) {
      try {
        file.add(api.document(orderId));
        had.add(orderId);
        inARow.set(0);
        isAnswered = true;
      } catch (NotHadException e) {
        notHad(text("pull.what.order", orderId), e);
        store.notHad(orderId, e, clock.instant());
        if (e.mayPass() && inARow.incrementAndGet() >= MOST_IN_A_ROW) {
          isGivenUp = true;
        }
      } catch (RuntimeException e) {
        isGivenUp = true; // for the others too: what the disk refuses one it refuses all
        throw e;
      }
      progress.advance(1);
    }
  }

  private @Nullable String next(Queue<String> left) {
    return isGivenUp ? null : left.poll();
  }

  private void notHad(String what, NotHadException e) {
    LOG.warn("{} was not had: {}", what, e.withoutContent());
    notHad.add(new NotHad(what, e.getMessage()));
    if (e.isLogin()) {
      isGivenUp = true;
    } else if (!e.mayPass()) {
      isAnswered = true;
    }
  }

  private static void together(Runnable work) {
    var threads = Executors.newFixedThreadPool(THREADS);
    try {
      var all = Stream.generate(() -> threads.submit(work)).limit(THREADS).toList();
      for (var one : all) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
