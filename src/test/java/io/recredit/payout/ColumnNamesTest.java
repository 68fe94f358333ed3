package io.recredit.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recredit.wording.UserException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnNamesTest {

  /** As the variable RECREDIT_PAYOUTCOLUMNS_ORDER_ID, or an option of the JVM, arrives. */
  @ParameterizedTest
  @ValueSource(strings = {"order_id", "order.id", "orderid", "ORDER-ID"})
  void aNameIsKnownHoweverASettingWritesIt(String name) {
    var names = ColumnNames.of(Map.of(name, " Auftrag "));
    assertThat(names.known("AUFTRAG")).isEqualTo("order_id");
    assertThat(names.known(" Order_ID ")).isEqualTo("order_id");
    assertThat(names.known("Other")).isEqualTo("other");
  }

  @Test
  void aTotalIsKnownByEitherName() {
    assertThat(ColumnNames.of(Map.of("sale_amount", "S")).known("s"))
        .isEqualTo("total_sale_amount");
  }

  @Test
  void aNameThatReportsDoNotHaveIsRefused() {
    assertThatThrownBy(() -> ColumnNames.of(Map.of("betrag", "amount")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "RECREDIT_PAYOUTCOLUMNS_BETRAG is amount, but settlement reports have no such column");
  }

  @Test
  void oneNameForTwoColumnsIsRefused() {
    assertThatThrownBy(() -> ColumnNames.of(Map.of("amount", "X", "type", "x")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("name be of one column");
    assertThatThrownBy(() -> ColumnNames.of(Map.of("order_id", "X", "order.id", "Y")))
        .isInstanceOf(UserException.class);
  }
}
