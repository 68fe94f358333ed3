package io.recredit.app;

import static io.recredit.wording.Messages.text;

import io.recredit.allocation.Policies;
import io.recredit.allocation.Policies.Ambiguous;
import io.recredit.allocation.Policies.Evidence;
import io.recredit.allocation.Policies.Resolved;
import io.recredit.allocation.Policies.Spanning;
import io.recredit.ledger.PolicyStore;
import io.recredit.wording.ExitCode;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the policies; with options changes them, for the next run. */
@Command(
    name = "policy",
    description = "Shows the policies; with options changes them, for the next run.")
final class PolicyCommand extends DatabaseCommand {

  @Option(
      names = "--spanning",
      paramLabel = "split|reject",
      description = "What becomes of a refund that no single capture covers.")
  private @Nullable String spanning;

  @Option(
      names = "--ambiguous",
      paramLabel = "choose|reject",
      description = "What becomes of a refund that several captures could take.")
  private @Nullable String ambiguous;

  @Option(
      names = "--return-fee-countries",
      paramLabel = "AT,DE,...",
      description = "The countries in which a shop may keep a return fee; \"\" for none.")
  private @Nullable String returnFeeCountries;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      description = "The time zone of business dates, such as Europe/Stockholm.")
  private @Nullable String timeZone;

  @Option(
      names = "--resolved",
      paramLabel = "blocks|unblocks",
      description = "Whether a resolved refund still makes the order's later refunds fail.")
  private @Nullable String resolved;

  @Option(
      names = "--evidence",
      paramLabel = "compare|follow",
      description = "Whether refunds are put where Klarna's record proves them to be.")
  private @Nullable String evidence;

  @Override
  void checkCommandLine() {
    changed(Policies.DEFAULT);
  }

  @Override
  int run(BeanFactory beans) {
    var store = beans.getBean(PolicyStore.class);
    var before = store.current();
    var wanted = changed(before);
    var isNews = !wanted.equals(before) || (timeZone != null && !store.isTimeZoneSet());
    if (isNews) {
      store.change(
          wanted,
          timeZone != null,
          System.getProperty("user.name"),
          beans.getBean(Clock.class).instant());
    }
    show(wanted);
    Terminal.say(
        !isNews
            ? store.lastChange().orElseGet(() -> text("app.policy.defaults"))
            : text("app.policy.changed"));
    return ExitCode.DONE;
  }

  private Policies changed(Policies before) {
    return Policies.of(
            spanning == null ? before.spanning() : word("--spanning", spanning, Spanning.values()),
            ambiguous == null
                ? before.ambiguous()
                : word("--ambiguous", ambiguous, Ambiguous.values()),
            returnFeeCountries == null
                ? before.returnFeeCountries()
                : countries(returnFeeCountries),
            timeZone == null ? before.timeZone() : zone(timeZone))
        .with(
            resolved == null ? before.resolved() : word("--resolved", resolved, Resolved.values()))
        .with(
            evidence == null ? before.evidence() : word("--evidence", evidence, Evidence.values()));
  }

  private <T extends Enum<T>> T word(String option, String value, T[] allowed) {
    for (var candidate : allowed) {
      if (Policies.word(candidate).equals(value)) {
        return candidate;
      }
    }
    throw wrong(
        text(
            "app.option.one-of",
            option,
            String.join(", ", List.of(allowed).stream().map(Policies::word).toList()),
            value));
  }

  private Collection<String> countries(String value) {
    var countries =
        List.of(value.toUpperCase(Locale.ROOT).split("[,\\s]+")).stream()
            .filter(country -> !country.isEmpty())
            .toList();
    for (var country : countries) {
      if (!country.matches("[A-Z]{2}")) {
        throw wrong(text("app.policy.no-country", country));
      }
    }
    return countries;
  }

  /** Offsets such as +02:00 are none: PostgreSQL reads their sign the other way round. */
  private ZoneId zone(String value) {
    if (!ZoneId.getAvailableZoneIds().contains(value)) {
      throw wrong(text("app.policy.no-time-zone", value));
    }
    return ZoneId.of(value);
  }

  private static void show(Policies policies) {
    policies
        .words()
        .forEach((name, word) -> Terminal.say(String.format(Locale.ROOT, "%-22s%s", name, word)));
  }
}
