package io.recredit.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.recredit.resolution.ResolveAs.Part;
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
        read("r1,A,why,Anna", "r2,A=10.50; B,,", "r3,Write off,,", "r4,withdraw,,", "r5,,asked,Bo");

    assertThat(file.problems()).isEmpty();
    assertThat(file.all())
        .containsExactly(
            asked(2, "r1", byHand(new Part("A", null)), "why", "Anna"),
            asked(
                3,
                "r2",
                byHand(new Part("A", new BigDecimal("10.50")), new Part("B", null)),
                "all",
                "Cy"),
            asked(4, "r3", ResolveAs.WRITE_OFF, "all", "Cy"),
            asked(5, "r4", ResolveAs.WITHDRAW, "all", "Cy"));
    assertThat(file.done())
        .containsExactly(
            "Line 2: r1 is allocated to A.",
            "Line 3: r2 is allocated to A (10.50), B.",
            "Line 4: r3 is written off.",
            "Line 5: r4 is resolved no more.",
            "1 more with a note or a name has no resolve_as and stays as it is.");
  }

  @Test
  void eachRowThatCannotBeUnderstoodIsSaid() throws IOException {
    var file =
        ExceptionSheet.read(
            write(",A,why,Anna", "r2,A,,", "r3,;,why,Anna", "r4,\"A=548,00; B\",,"), "", "");

    assertThat(file.problems())
        .containsExactly(
            "Line 2: There is no refund_id.",
            "Line 3: There is no note that says why; fill it in, or give --note for all.",
            "Line 3: by does not say who decides it; fill it in, or give --by for all.",
            "Line 4: resolve_as names no capture.",
            "Line 5: 548,00 is not an amount as it is written here: digits only, with a point before the decimals, such as 1350.00.");
  }

  @Test
  void whatARunSaysOfARefundGetsItsRow() throws IOException {
    assertThat(
            read("r1,A,,", "r2,B,,")
                .withPlaces(
                    new UserException("Refund r2: there is no room.\nNothing was resolved.")))
        .hasMessage("Line 3: Refund r2: there is no room.\nNothing was resolved.");
  }

  private static ResolveAs byHand(Part... parts) {
    return new ResolveAs(ResolutionKind.BY_HAND, List.of(parts));
  }

  private static ResolutionRequest asked(
      int line, String refund, ResolveAs as, String note, String by) {
    return new ResolutionRequest("Line " + line, refund, as, note, by, null);
  }

  private ResolutionRequests read(String... rows) throws IOException {
    return ExceptionSheet.read(write(rows), "all", "Cy");
  }

  private Path write(String... rows) throws IOException {
    return Files.writeString(
        folder.resolve("exceptions.csv"),
        "refund_id,resolve_as,note,by\r\n" + String.join("\r\n", rows) + "\r\n");
  }
}
