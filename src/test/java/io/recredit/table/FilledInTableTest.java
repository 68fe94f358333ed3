package io.recredit.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recredit.wording.UserException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CSV of exceptions as it comes back filled in, and files that are no such thing. */
class FilledInTableTest {

  static final FilledInTable TABLE =
      new FilledInTable(
          "exceptions",
          List.of("refund_id", "resolve_as", "note", "by"),
          List.of("resolve_as", "note", "by"),
          List.of("run_id"));

  @TempDir private Path folder;

  private static FilledInRow row(
      String place, String refund, String resolveAs, String note, String by) {
    return new FilledInRow(
        place, Map.of("refund_id", refund, "resolve_as", resolveAs, "note", note, "by", by));
  }

  @Test
  void columnsAreFoundByTheirNamesAndGuardedTextsAreFreed() throws IOException {
    var file =
        file(
            """
            note,refund_id,currency,by,resolve_as
            "why, then",'=r1,SEK,Åsa,'-A
            ,r2,SEK,,
            "two
            lines",r3,SEK,Bo,write-off
            ,r4,SEK,,'quoted
            """,
            UTF_8);

    assertThat(TABLE.read(file).rows())
        .containsExactly(
            row("Line 2", "=r1", "-A", "why, then", "Åsa"),
            row("Line 4", "r3", "write-off", "two\nlines", "Bo"),
            row("Line 6", "r4", "'quoted", "", ""));
  }

  @Test
  void semicolonsAndAByteOrderMarkAreReadAsSpreadsheetProgramsWriteThem() throws IOException {
    var file =
        file("\ufeffrefund_id;resolve_as;note;by;run_id\r\nr1;\"A=1; B\";why;Anna;7\r\n", UTF_8);

    assertThat(TABLE.read(file).rows())
        .containsExactly(
            new FilledInRow(
                "Line 2",
                Map.of(
                    "refund_id", "r1",
                    "resolve_as", "A=1; B",
                    "note", "why",
                    "by", "Anna",
                    "run_id", "7")));
  }

  @Test
  void blanksAroundWhatWasCopiedAreTakenOffNoBreakSpacesToo() throws IOException {
    var file = file("refund_id,resolve_as,note,by\n\u00a0r1\u202f, A\u00a0,x,\ufeffBo\n", UTF_8);

    assertThat(TABLE.read(file).rows()).containsExactly(row("Line 2", "r1", "A", "x", "Bo"));
  }

  @Test
  void whatIsNoSuchFileIsSaidInASentence() throws IOException {
    refused(folder, "is a folder, not a file.");
    refused(folder.resolve("nothing"), "There is no file");
    refused(
        file("refund_id,note\r\nr1,x\r\n", UTF_8),
        "has no column resolve_as, by in its first row.");
    var mended = "Save it as CSV UTF-8, or hand back the workbook.";
    refused(file("refund_id,resolve_as,note,by\nr1,A,\u00e5,\n", ISO_8859_1), mended);
    refused(file("refund_id\tresolve_as\tnote\tby\nr1\tA\t\t\n", UTF_16), mended);
    refused(file("refund_id\tresolve_as\tnote\tby\nr1\tA\t\t\n", UTF_16LE), mended);
    refused(file("PK\u0003\u0004 and then nothing", UTF_8), "cannot be read as a spreadsheet");
    refused(
        file("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", ISO_8859_1), "old Excel format");
  }

  private static void refused(Path file, String sentence) {
    assertThatThrownBy(() -> TABLE.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(sentence);
  }

  private Path file(String text, Charset charset) throws IOException {
    return Files.write(folder.resolve("exceptions.csv"), text.getBytes(charset));
  }
}
