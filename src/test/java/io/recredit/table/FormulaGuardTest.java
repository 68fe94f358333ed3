package io.recredit.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Texts that a spreadsheet program would calculate. */
class FormulaGuardTest {

  @Test
  void whatLooksLikeAFormulaIsGuardedAndFreedAgain() {
    for (var text : new String[] {"=1", "+1", "-1", "@a", "\tx", "'", "'=1", "a=1", ""}) {
      assertThat(FormulaGuard.unguarded(FormulaGuard.guarded(text))).isEqualTo(text);
    }
    assertThat(FormulaGuard.guarded("=1")).isEqualTo("'=1");
    assertThat(FormulaGuard.guarded("a=1")).isEqualTo("a=1");
  }
}
