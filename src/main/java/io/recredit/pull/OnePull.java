package io.recredit.pull;

import static io.recredit.wording.Messages.text;

import io.recredit.payout.ColumnNames;
import io.recredit.pull.KlarnaApi.Payout;
import io.recredit.pull.PullStore.Done;
import io.recredit.pull.Pulled.NotHad;
import io.recredit.run.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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

  /** So many in a row without an answer, each after several tries: Klarna is not there. */
  private static final int MOST_IN_A_ROW = 10;

  private static final int MOST_MINUTES_TO_END = 15;

  /** A payout may be listed some days late; a report that is there is not asked for again. */
  private static final int DAYS_BEFORE_LAST = 7;

  /** What an interrupted pull had counts for less than a day: every night asks anew. */
  private static final Duration FRESH = Duration.ofHours(12);

  private final PullRequest request;
  private final KlarnaApi api;
  private final OrdersFile file;
  private final PullStore store;
  private final ColumnNames columns;
  private final Progress progress;
  private final Clock clock;
  private final ZoneId zone;

  private final Set<String> had = ConcurrentHashMap.newKeySet();
  private final List<NotHad> notHad = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger inARow = new AtomicInteger();
  private volatile boolean isAnswered;
  private volatile boolean isGivenUp;
  private boolean hasPayouts;
  private long reports;
  private long notAsked;

  OnePull(
      PullRequest request,
      KlarnaApi api,
      OrdersFile file,
      PullStore store,
      ColumnNames columns,
      Progress progress,
      Clock clock,
      ZoneId zone) {
    this.request = request;
    this.api = api;
    this.file = file;
    this.store = store;
    this.columns = columns;
    this.progress = progress;
    this.clock = clock;
    this.zone = zone;
  }

  /** All of it; what the disk or the database refuses ends it, and the next one carries on. */
  Pulled done() {
    var startedAt = clock.instant();
    var today = today();
    store.wantAgain(request.orderIds());
    if (request.open()) {
      store.wantOpen();
    }
    var payoutsFrom = payoutsFrom(today);
    if (payoutsFrom != null) {
      payouts(payoutsFrom);
    }
    reports();
    documents();
    var day = today().minusDays(1); // of a pull over midnight the one that a night then waits for
    var isOver = isAnswered || api.calls() == 0 || file.hasDocuments();
    List<LocalDate> emptied = List.of();
    if (isOver) {
      emptied = file.makeEmpty(daysBetween(day));
      file.complete(day);
      store.had(had);
    }
    store.done(
        new Done(
            isOver ? day : null,
            payoutsFrom,
            hasPayouts && !leavesAGap(payoutsFrom) ? today : null,
            startedAt,
            clock.instant(),
            had.size(),
            reports,
            notHad.size() + notAsked,
            api.calls()));
    LOG.info(
        "Pulled {} documents and {} reports into orders-{}, {} not had, {} not asked for, in {} calls",
        had.size(),
        reports,
        day,
        notHad.size(),
        notAsked,
        api.calls());
    return new Pulled(
        day, had.size(), reports, hasPayouts, payoutsFrom, emptied, notHad, notAsked, api.calls());
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(zone));
  }

  /** Null where payouts are not asked for. */
  private @Nullable LocalDate payoutsFrom(LocalDate today) {
    return request.payoutsFrom() != null || !request.sinceLast()
        ? request.payoutsFrom()
        : store.payoutsOwedFrom(DAYS_BEFORE_LAST).orElse(today.minusDays(1));
  }

  /** Whether payouts before these were never asked for, and the next pull is to do it. */
  private boolean leavesAGap(@Nullable LocalDate from) {
    return from != null && store.payoutsUntil().filter(from::isAfter).isPresent();
  }

  /** Those that are over since the last pull, and have had their own chance to get a file. */
  private List<LocalDate> daysBetween(LocalDate day) {
    return store
        .lastFileDate()
        .filter(before -> before.isBefore(day))
        .map(before -> before.plusDays(1).datesUntil(day).toList())
        .orElse(List.of());
  }

  private void payouts(LocalDate from) {
    try {
      api.payouts(from).forEach(payout -> store.want(payout, request.payoutsFrom() != null));
      hasPayouts = true;
      answered();
    } catch (NotHadException e) {
      notHad(text("pull.what.payouts", from), e);
    }
  }

  private void reports() {
    var wanted = store.payoutsWanted();
    var folder = wanted.isEmpty() ? null : ReportFolder.in(request.input(), columns);
    for (var payout : wanted) {
      if (folder == null || isGivenUp) {
        notAsked++;
      } else {
        report(payout, folder);
      }
    }
  }

  /** The orders in a report are wanted before it counts as had, whoever brought it. */
  private void report(Payout payout, ReportFolder folder) {
    try {
      var there = folder.find(payout);
      if (there == null) {
        store.want(folder.save(payout, api));
        reports++;
        answered();
      } else {
        store.want(folder.orders(there));
      }
      store.had(payout, clock.instant());
    } catch (NotHadException e) {
      store.notHad(payout, e, clock.instant());
      notHad(text("pull.what.report", payout.reference()), e);
    }
  }

  private void documents() {
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
      return;
    }
    progress.begin(text("pull.progress"), Progress.Unit.ORDERS, left.size());
    try {
      together(() -> ask(left));
    } finally {
      progress.end();
    }
    notAsked += left.size();
  }

  private void ask(Queue<String> left) {
    try {
      for (var orderId = next(left); orderId != null; orderId = next(left)) {
        document(orderId);
        progress.advance(1);
      }
    } catch (RuntimeException e) {
      isGivenUp = true; // for the others too: what the disk refuses one it refuses all
      throw e;
    }
  }

  private @Nullable String next(Queue<String> left) {
    return isGivenUp ? null : left.poll();
  }

  private void document(String orderId) {
    try {
      file.add(api.document(orderId));
      had.add(orderId);
      answered();
    } catch (NotHadException e) {
      store.notHad(orderId, e, clock.instant());
      notHad(text("pull.what.order", orderId), e);
    }
  }

  private void answered() {
    inARow.set(0);
    isAnswered = true;
  }

  private void notHad(String what, NotHadException e) {
    LOG.warn("{} was not had: {}", what, e.withoutContent());
    notHad.add(new NotHad(what, e.getMessage()));
    if (e.isAnswer()) {
      answered();
    } else if (e.isLogin() || inARow.incrementAndGet() >= MOST_IN_A_ROW) {
      isGivenUp = true;
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
      ended(threads);
    }
  }

  /** Each ends with the order that it is at; nothing is to be added to a file that is closed. */
  private static void ended(ExecutorService threads) {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(MOST_MINUTES_TO_END, TimeUnit.MINUTES)) {
        LOG.warn("Answers are still under way");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
