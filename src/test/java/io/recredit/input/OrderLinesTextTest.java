package io.recredit.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.allocation.OrderLine;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderLinesTextTest {

  @Test
  void aLineIsItsFieldsInOrder() {
    var line = new OrderLine("ART-1", "physical", "Sweater", 2L, 500L, 2500L, 1000L, 200L);
    assertThat(OrderLinesText.of(List.of(line, line)))
        .isEqualTo(
            """
            [["ART-1","physical","Sweater",2,500,2500,1000,200],["ART-1","physical","Sweater",2,500,2500,1000,200]]""");
  }

  /** For ever: what is read again is compared with what was written years ago. */
  @Test
  void onlyWhatJsonDemandsIsEscaped() {
    var line =
        new OrderLine(
            "\"\\/", "\b\t\n\f\r\u0001\u001f\u007f", "å😀\u2028", null, null, null, -1L, null);
    assertThat(OrderLinesText.of(List.of(line)))
        .isEqualTo(
            "[[\"\\\"\\\\/\",\"\\b\\t\\n\\f\\r\\u0001\\u001f\u007f\",\"å😀\u2028\",null,null,null,-1,null]]");
  }

  @Test
  void noLinesAreNoText() {
    assertThat(OrderLinesText.of(List.of())).isNull();
    assertThat(OrderLinesText.read(null)).isEmpty();
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    var lines =
        List.of(
            new OrderLine(null, null, null, null, null, null, 0L, null),
            new OrderLine("null", "", " ", 0L, 0L, 0L, Long.MIN_VALUE, Long.MAX_VALUE),
            new OrderLine(
                "\"[\\],", "\b\t\n\f\r\u0001\u001f", "å 😀 \u2028 \u007f", 1L, -1L, 1L, 1L, 1L),
            new OrderLine("\\u0041", "\\\"", "x".repeat(100_000), 1L, 1L, 1L, 1L, 1L));
    assertThat(OrderLinesText.read(OrderLinesText.of(lines))).isEqualTo(lines);
  }
}
