package io.recredit.allocation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rules' version changes with the rules, and only with them: whoever changes what is decided of
 * one of these orders has to raise {@link Allocator#RULES_VERSION}, so that every order is decided
 * anew, and to record what the new version decides.
 */
class RulesVersionTest {

  private static final Path CORPUS = Path.of("src/test/resources/decisions-of-the-rules.ndjson");
  private static final String HOW_TO_RECORD =
      "If that is meant, raise Allocator.RULES_VERSION and record what it decides: ./mvnw test -Dtest=RulesVersionTest -Drecredit.corpus=record";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(all -> all.withValueInclusion(Include.NON_NULL))
          .addMixIn(OrderHistory.class, WithoutDocuments.class)
          .build();
  private static final int SEEDS = 3_000;
  private static final int ORDERS_PER_BRANCH = 3;
  private static final int MOST_OPERATIONS = 40;

  @JsonIgnoreProperties("klarnaRecord")
  private interface WithoutDocuments {}

  /** An order with what a version of the rules decides of it. */
  private record Order(
      int rulesVersion, OrderHistory history, Policies policies, List<String> decisions) {}

  @Test
  void whatTheRulesDecideIsWhatTheirVersionDecided() throws IOException {
    if ("record".equals(System.getProperty("recredit.corpus"))) {
      record();
    }
    for (var order : recorded()) {
      assertThat(order.rulesVersion()).as(HOW_TO_RECORD).isEqualTo(Allocator.RULES_VERSION);
      decidesAsRecorded(order);
    }
  }

  /** The corpus has small orders only; these are what it takes to reach step 2. */
  @Test
  void theLimitsAreThoseOfTheirVersion() {
    assertThat(Map.of(1, List.of(200, 500), 2, List.of(200, 500)))
        .as("If that is meant, raise Allocator.RULES_VERSION and name its limits here.")
        .containsEntry(
            Allocator.RULES_VERSION, List.of(Allocator.MAX_REFUNDS, Allocator.MAX_OPERATIONS));
  }

  private static List<Order> recorded() throws IOException {
    return Files.readAllLines(CORPUS, UTF_8).stream()
        .map(line -> JSON.readValue(line, Order.class))
        .map(RulesVersionTest::withoutDocuments)
        .toList();
  }

  /** The corpus has none: what they prove has a law of its own. */
  private static Order withoutDocuments(Order order) {
    var history = order.history();
    return new Order(
        order.rulesVersion(),
        new OrderHistory(
            history.orderId(),
            history.captures(),
            history.refunds(),
            history.releases(),
            history.resolutions()),
        order.policies().with(Policies.Evidence.COMPARE),
        order.decisions());
  }

  private static void decidesAsRecorded(Order order) {
    assertThat(decisions(order.history(), order.policies()))
        .as("%s. %s", order.history().orderId(), HOW_TO_RECORD)
        .isEqualTo(order.decisions());
  }

  /**
   * Some orders for each place of the rules, small ones; not over what the same version decided
   * otherwise.
   */
  private static void record() throws IOException {
    recorded().stream()
        .filter(order -> order.rulesVersion() == Allocator.RULES_VERSION)
        .forEach(RulesVersionTest::decidesAsRecorded);
    Map<SpecBranch, Integer> visited = new EnumMap<>(SpecBranch.class);
    var lines = new ArrayList<String>();
    for (var seed = 0; seed < SEEDS; seed++) {
      var history = history(seed);
      var policies = policies(seed);
      var places =
          new NaiveAllocator(policies)
              .decide(history).stream().flatMap(r -> r.visited().stream()).distinct().toList();
      var isWanted = places.stream().anyMatch(b -> visited.getOrDefault(b, 0) < ORDERS_PER_BRANCH);
      var isSmall = history.captures().size() + history.refunds().size() <= MOST_OPERATIONS;
      if (isWanted && isSmall) {
        places.forEach(branch -> visited.merge(branch, 1, Integer::sum));
        lines.add(
            JSON.writeValueAsString(
                new Order(
                    Allocator.RULES_VERSION, history, policies, decisions(history, policies))));
      }
    }
    assertThat(visited.keySet())
        .containsAll(Stream.of(SpecBranch.values()).filter(place -> place.step() != 2).toList());
    Files.writeString(CORPUS, String.join("\n", lines) + "\n");
  }

  private static OrderHistory history(int seed) {
    var made = new HistoryGenerator(seed).history();
    var random = new Random(seed);
    var captures = made.captures().stream().map(Capture::captureId).toList();
    var resolutions =
        made.refunds().stream()
            .filter(refund -> random.nextInt(6) == 0)
            .map(
                refund ->
                    ResolutionGenerator.resolution(
                        refund.refundId(),
                        refund.refundedAmount(),
                        captures,
                        refund.refundedAt(),
                        random))
            .toList();
    return new OrderHistory(
        "order-" + seed, made.captures(), made.refunds(), made.releases(), resolutions);
  }

  private static Policies policies(int seed) {
    var spanning = seed % 2 == 0 ? Policies.Spanning.SPLIT : Policies.Spanning.REJECT;
    var ambiguous = seed % 4 < 2 ? Policies.Ambiguous.CHOOSE : Policies.Ambiguous.REJECT;
    var resolved = seed % 8 < 4 ? Policies.Resolved.BLOCKS : Policies.Resolved.UNBLOCKS;
    return Policies.of(spanning, ambiguous, Policies.DEFAULT.returnFeeCountries(), ZoneOffset.UTC)
        .with(resolved);
  }

  private static List<String> decisions(OrderHistory history, Policies policies) {
    return new Allocator(policies)
        .decide(history).stream()
            .map(Decided::decision)
            .map(d -> d.refund().refundId() + ": " + facts(d))
            .toList();
  }

  private static String facts(Decision decision) {
    if (decision instanceof Decision.Credited credited) {
      return "%s %s %s written off %d"
          .formatted(
              credited.matchRule(),
              credited.currency(),
              credited.credits().stream().map(RulesVersionTest::credit).toList(),
              credited.writtenOffAmount());
    }
    if (decision instanceof Decision.Excepted excepted) {
      return excepted.reason()
          + (excepted.currency() == null ? "" : " " + excepted.currency())
          + (excepted.blockingRefundId() == null ? "" : " by " + excepted.blockingRefundId());
    }
    return decision instanceof Decision.Duplicate duplicate
        ? "repeats " + duplicate.duplicateOf().refundId()
        : "written off";
  }

  private static String credit(Credit credit) {
    return String.format(
        Locale.ROOT,
        "%s %d fee %d",
        credit.capture().captureId(),
        credit.creditedAmount(),
        credit.returnFeeAmount());
  }
}
