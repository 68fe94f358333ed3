package io.recredit.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workbook where tables are larger than a sheet, and as it comes back filled in. */
class SpreadsheetTest {

  private static final Table TABLE =
      Table.of("table", Column.of(Column.Kind.TEXT, "name"), Column.of(Column.Kind.COUNT, "n"));

  @TempDir private Path folder;

  @Test
  void rowsThatDoNotFitOnASheetGoOnAnotherOne() throws IOException {
    var file = folder.resolve("large.xlsx");
    try (var spreadsheet = new Spreadsheet(Files.newOutputStream(file), 1001)) {
      spreadsheet.begin(TABLE);
      for (var i = 0; i < 2500; i++) {
        spreadsheet.row(List.of(Cell.text("row"), new Cell.Count(i)));
      }
      spreadsheet.end();
    }
    try (var workbook = new ReadableWorkbook(file.toFile())) {
      var sheets = workbook.getSheets().toList();
      assertThat(sheets).extracting(Sheet::getName).containsExactly("table", "table 2", "table 3");
      assertThat(sheets).extracting(sheet -> sheet.read().size()).containsExactly(1001, 1001, 501);
      for (var sheet : sheets) {
        assertThat(sheet.read().get(0).getCellText(0)).isEqualTo("name");
      }
      assertThat(
              sheets.stream()
                  .flatMap(sheet -> rows(sheet).stream().skip(1))
                  .map(row -> row.getCell(1).asNumber().intValueExact()))
          .isEqualTo(IntStream.range(0, 2500).boxed().toList());
    }
    assertThat(part(file, "xl/worksheets/sheet3.xml"))
        .contains("state=\"frozen\"", "<autoFilter ref=\"A1:B501\">");
  }

  private static List<Row> rows(Sheet sheet) {
    try {
      return sheet.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String part(Path workbook, String name) throws IOException {
    try (var zip = new ZipFile(workbook.toFile())) {
      return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), UTF_8);
    }
  }

  @Test
  void whatIsFilledInOnAnySheetOfExceptionsIsReadBack() throws IOException {
    var file = folder.resolve("filled.xlsx");
    try (var spreadsheet = new Spreadsheet(Files.newOutputStream(file), 3)) {
      spreadsheet.begin(FILLED_IN);
      spreadsheet.row(row("r1", "A", "why", "Anna"));
      spreadsheet.row(row("r2", "", "", ""));
      spreadsheet.row(row("r3", " A=10; B ", "", ""));
      spreadsheet.row(row("r4", "", "asked Klarna", ""));
      spreadsheet.end();
    }

    var contents = FilledInTableTest.TABLE.read(file);
    assertThat(contents.problems()).isEmpty();
    assertThat(contents.rows().stream().map(SpreadsheetTest::read))
        .containsExactly(
            List.of("Row 2", "r1", "A", "why", "Anna"),
            List.of("Row 2 of sheet exceptions 2", "r3", "A=10; B", "", ""),
            List.of("Row 3 of sheet exceptions 2", "r4", "", "asked Klarna", ""));
  }

  private static final Table FILLED_IN =
      Table.of(
          "exceptions",
          Column.of(Column.Kind.TEXT, "by", "note", "resolve_as", "more", "refund_id"));

  private static List<String> read(FilledInRow row) {
    return List.of(
        row.place(),
        row.text("refund_id"),
        row.text("resolve_as"),
        row.text("note"),
        row.text("by"));
  }

  private static List<Cell> row(String refund, String resolveAs, String note, String by) {
    return List.of(
        Cell.text(by), Cell.text(note), Cell.text(resolveAs), new Cell.Count(1), Cell.text(refund));
  }

  @Test
  void numbersAreReadAsTheyAreWrittenAndWhatIsNoTextIsSaid() throws IOException {
    var file = folder.resolve("typed.xlsx");
    try (var workbook = new Workbook(Files.newOutputStream(file), "Test", null)) {
      var sheet = workbook.newWorksheet("exceptions");
      var columns = List.of("refund_id", "resolve_as", "note", "by");
      for (var c = 0; c < columns.size(); c++) {
        sheet.value(0, c, columns.get(c));
      }
      sheet.value(1, 0, 1234567);
      sheet.value(1, 1, "write-off");
      sheet.value(2, 0, "r2");
      sheet.formula(2, 1, "A1");
      sheet.value(2, 3, true);
      sheet.value(3, 0, new BigDecimal("12345678901234567"));
      sheet.value(3, 1, "A");
    }
    var contents = FilledInTableTest.TABLE.read(file);

    assertThat(contents.rows().get(0).text("refund_id")).isEqualTo("1234567");
    assertThat(contents.problems())
        .containsExactly(
            "Row 3: resolve_as holds a formula. Write it as text.",
            "Row 3: by holds TRUE or FALSE. Write it as text.",
            "Row 4: refund_id holds a number of more digits than a spreadsheet keeps. Write it as text.");
  }

  /** What XML has no way to write comes back as it was, and what looks like an escape too. */
  @Test
  void everyTextComesBackAsItWas() throws IOException {
    var texts =
        List.of(
            "a\u001bb", "_x0041_", "_x005F_x0041_", "a\u0000b", "x\uFFFEy", "\uD83D\uDE00", "a\rb");
    var file = folder.resolve("texts.xlsx");
    try (var spreadsheet = new Spreadsheet(Files.newOutputStream(file), 100)) {
      spreadsheet.begin(FILLED_IN);
      for (var text : texts) {
        spreadsheet.row(row(text, "A", "why", "Anna"));
      }
      spreadsheet.end();
    }

    assertThat(FilledInTableTest.TABLE.read(file).rows())
        .extracting(row -> row.text("refund_id"))
        .isEqualTo(texts);
    assertThat(part(file, "xl/worksheets/sheet1.xml"))
        .contains("a_x001B_b", "_x005F_x0041_", "x_xFFFE_y");
  }

  @Test
  void aTextIsCutWhereACellHoldsNoMoreAndInNoCharacter() {
    var text = "a".repeat(32_766) + "\uD83D\uDE00";
    assertThat(XmlText.escaped(text)).isEqualTo("a".repeat(32_766));
  }

  @Test
  void whateverSeparatesFieldsNoneIsAFormulaAndEachComesBack() {
    for (var text :
        List.of(
            "=1", "'=1", "a;=1", "a;'=1", ";-1", "a\n@b", "a\t+b", "a=b", "a; =b", "\uFF1D1", "")) {
      assertThat(FormulaGuard.unguarded(FormulaGuard.guarded(text))).isEqualTo(text);
    }
    assertThat(FormulaGuard.guarded("a;=1")).isEqualTo("a;'=1");
    assertThat(FormulaGuard.guarded("a=b; =c")).isEqualTo("a=b; =c");
  }
}
