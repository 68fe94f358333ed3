package io.recredit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recredit.wording.UserException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SettingsTest {

  @Test
  void thereAreAsManyThreadsAsProcessorsWhereNobodySaysHowMany() {
    assertThat(settings(Map.of("recredit.version", "1")).threads())
        .isBetween(1, 8)
        .isLessThanOrEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(settings(Map.of("recredit.version", "1", "recredit.threads", "8")).threads())
        .isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 9, 1000})
  void threadsThatExceedThePoolOfConnectionsAreRefusedWithASentence(int threads) {
    assertThatThrownBy(
            () ->
                new Settings(
                    "1",
                    threads,
                    14,
                    10,
                    14,
                    "plain",
                    20,
                    Duration.ofMinutes(5),
                    "payment_refund_id",
                    "refunded_amount",
                    null,
                    null,
                    "A",
                    "12-31",
                    Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("RECREDIT_THREADS is " + threads + ", and can be 1 to 8");
  }

  @Test
  void columnsOfSettlementReportsAreSetByTheirNames() {
    assertThat(settings(Map.of("recredit.version", "1")).payoutColumns()).isEmpty();
    assertThat(
            settings(Map.of("recredit.version", "1", "recredit.payout-columns.amount", "Betrag"))
                .payoutColumns())
        .isEqualTo(Map.of("amount", "Betrag"));
    var environment =
        NamedPlaces.environment(
            Map.of("RECREDIT_PAYOUTCOLUMNS_ORDER_ID", "Auftrag"), new Properties(), Map.of());
    assertThat(
            Binder.get(environment)
                .bind("recredit.payout-columns", Bindable.mapOf(String.class, String.class))
                .get())
        .isEqualTo(Map.of("order.id", "Auftrag"));
  }

  private static Settings settings(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bind("recredit", Settings.class)
        .get();
  }
}
