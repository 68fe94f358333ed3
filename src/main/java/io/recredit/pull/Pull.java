package io.recredit.pull;

import io.recredit.ledger.PolicyStore;
import io.recredit.payout.ColumnNames;
import io.recredit.run.Progress;
import io.recredit.settings.Settings;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/**
 * Fetches what a night reads: settlement reports, and the documents of orders, so that nobody has
 * to make files. What is wanted is noted before it is asked for, and what was had lies in a file of
 * its own until all is there, so the next pull carries on one that was interrupted.
 */
@Component
public class Pull {

  private final PullStore store;
  private final PolicyStore policies;
  private final Manners manners;
  private final Settings settings;
  private final Progress progress;
  private final Clock clock;

  Pull(
      PullStore store,
      PolicyStore policies,
      Manners manners,
      Settings settings,
      Progress progress,
      Clock clock) {
    this.store = store;
    this.policies = policies;
    this.manners = manners;
    this.settings = settings;
    this.progress = progress;
    this.clock = clock;
  }

  /** Tests ask in a hurry. */
  @Configuration(proxyBeanMethods = false)
  static class Usual {

    @Bean
    Manners manners(Settings settings) {
      return Manners.of(settings);
    }
  }

  /**
   * Fetches what is asked for.
   *
   * @throws io.recredit.wording.UserException where another pull is at work in that folder, or the
   *     disk refuses
   */
  public Pulled pull(PullRequest request, KlarnaAccount account) {
    var input = request.input().toAbsolutePath().normalize();
    var columns = ColumnNames.of(settings.payoutColumns());
    try (var file = OrdersFile.in(input)) {
      var api = new KlarnaApi(account, manners, clock);
      var zone = policies.current().timeZone();
      return new OnePull(request, api, file, store, columns, progress, clock, zone).done();
    }
  }

  /** Asks no more for an order that could not be had; false where it was not asked for. */
  public boolean forget(String orderId) {
    return store.forget(orderId, clock.instant());
  }
}
