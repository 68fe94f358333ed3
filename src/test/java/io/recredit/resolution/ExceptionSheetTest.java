package io.recredit.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recredit.wording.UserException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the rows of a spreadsheet ask for. */
class ExceptionSheetTest {

  @TempDir private Path folder;

  @Test
  void aRowSaysACaptureOrSeveralOrToWriteItOffOrToTakeThatBack() throws IOException {
    var file =
        read(
            "r1,7,A,why,Anna",
            "r2,7,A=10.50; B,,",
            "r3,7,Write off,,",
            "r4,7,withdraw,,",
            "r5,7,,asked,Bo",
            "r6,7,\"A=10,50; write-off=1,00\",,",
            "r7,7,OK,,");

    assertThat(file.problems()).isEmpty();
    assertThat(file.all())
        .containsExactly(
            asked(2, "r1", onCaptures("A"), "why", "Anna"),
            asked(3, "r2", onCaptures("A=10.50", " B"), "all", "Cy"),
            asked(4, "r3", ResolveAs.WRITE_OFF, "all", "Cy"),
            asked(5, "r4", ResolveAs.WITHDRAW, "all", "Cy"),
            asked(
                7,
                "r6",
                ResolveAs.of(List.of("A=10,50"), ResolveAs.WriteOff.of("1.00")),
                "all",
                "Cy"),
            asked(8, "r7", ResolveAs.AS_PROPOSED, "all", "Cy"));
    assertThat(file.done())
        .containsExactly(
            "Line 2: r1 is allocated to A.",
            "Line 3: r2 is allocated to A (10.50), B.",
            "Line 4: r3 is written off.",
            "Line 5: r4 is resolved no more.",
            "Line 7: r6 is allocated to A (10.50), and in part written off.",
            "Line 8: r7 is resolved as proposed.",
            "1 more with a note or a name has no resolve_as and stays as it is.");
  }

  @Test
  void eachRowThatCannotBeUnderstoodIsSaid() throws IOException {
    var file =
        ExceptionSheet.read(
            write(
                ",7,A,why,Anna",
                "r2,7,A,,",
                "r3,7,;,why,Anna",
                "r4,7,\"A=1,548.00; B\",,",
                "r5,,A,why,Anna",
                "r6,the newest,A,why,Anna",
                "r7,7,A; write-off; write off=1.00,why,Anna"),
            "",
            "");

    var noRun =
        "There is no number of a run in run_id, so nobody can tell what the row was filled in for. Fill in the row of a report, and leave its run_id as it is.";
    assertThat(file.problems())
        .containsExactly(
            "Line 2: There is no refund_id.",
            "Line 3: There is no resolve_note that says why; fill it in, or give --note for all.",
            "Line 3: by does not say who decides it; fill it in, or give --by for all.",
            "Line 4: resolve_as names no capture.",
            "Line 5: 1,548.00 is not an amount as it is written here: digits, with a point or a comma before the decimals and nothing else, such as 1350.00.",
            "Line 6: " + noRun,
            "Line 7: " + noRun,
            "Line 8: resolve_as writes off twice.");
  }

  @Test
  void aFileWithoutTheColumnOfTheRunIsRefused() throws IOException {
    var file = folder.resolve("exceptions.csv");
    Files.writeString(file, "refund_id,resolve_as,resolve_note,by\nr1,A,why,Anna\n");

    assertThatThrownBy(() -> ExceptionSheet.read(file, "", ""))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has no column run_id");
  }

  @Test
  void whatARunSaysOfARefundGetsItsRow() throws IOException {
    var refused = new ResolutionsRefused(List.of(new Refusal("r2", "There is no room.")));

    assertThat(refused).hasMessage("There is no room.\nNothing was resolved.");
    assertThat(read("r1,7,A,,", "r2,7,B,,").refused(refused))
        .hasMessage("Line 3: There is no room.\nNothing was resolved.");
  }

  @Test
  void anIdMayHoldWhatStandsBetweenPartsAndAmounts() {
    List<String> ids = List.of("a;b", "a", "x=1.00");

    assertThat(onCaptures("a", "b").parts(ids::contains))
        .extracting(ResolveAs.Part::capture)
        .containsExactly("a;b");
    assertThat(onCaptures("a", "b=2.00", "x=1.00").parts(ids::contains))
        .containsExactly(
            new ResolveAs.Part("a;b", new BigDecimal("2.00")), new ResolveAs.Part("x=1.00", null));
    assertThat(onCaptures("\u00a0a =2.00", "c").parts(ids::contains))
        .containsExactly(
            new ResolveAs.Part("a", new BigDecimal("2.00")), new ResolveAs.Part("c", null));
  }

  @Test
  void anAmountIsTheSameHoweverASpreadsheetProgramGivesItBack() {
    for (var same :
        List.of("1234.50", "1234,50", "1234.5", "1,234.50 SEK", "1.234,50\u00a0SEK", "")) {
      assertThat(new ShownAmount(same).is(123450, "SEK")).as(same).isTrue();
    }
    for (var other : List.of("1234", "123450", "1234.05", "12345")) {
      assertThat(new ShownAmount(other).is(123450, "SEK")).as(other).isFalse();
    }
    assertThat(new ShownAmount("1,234").is(1234, "JPY")).isTrue();
    assertThat(new ShownAmount("1,234").is(123400, "SEK")).isTrue();
    assertThat(new ShownAmount("2750").is(2750, null)).isTrue();
  }

  private static ResolveAs onCaptures(String... parts) {
    return ResolveAs.of(List.of(parts), null);
  }

  private static ResolutionRequest asked(
      int line, String refund, ResolveAs as, String note, String by) {
    return new ResolutionRequest("Line " + line, refund, as, note, by, new Seen(7, "", "", ""));
  }

  private ResolutionRequests read(String... rows) throws IOException {
    return ExceptionSheet.read(write(rows), "all", "Cy");
  }

  private Path write(String... rows) throws IOException {
    return Files.writeString(
        folder.resolve("exceptions.csv"),
        "refund_id,run_id,resolve_as,resolve_note,by\r\n" + String.join("\r\n", rows) + "\r\n");
  }
}
