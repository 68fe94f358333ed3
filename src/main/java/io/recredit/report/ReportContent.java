package io.recredit.report;

import io.recredit.report.content.ReportTables.Query;
import io.recredit.report.content.ReportedRun;
import io.recredit.report.content.WrittenFile;
import io.recredit.table.Cell;
import io.recredit.table.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the files of a report hold: of the refunds of some days, or of the books of some days. */
interface ReportContent {

  ReportedRun reported();

  /** The tables that are known as a whole, in the order of the sheets, with their rows. */
  Map<Table, List<List<Cell>>> known();

  /** The tables behind them, read row by row. */
  List<Query> queries();

  /** How many rows a table has; 0 where that is not known before. */
  long rowsIn(Table table);

  /** {@link io.recredit.wording.UserException} where the rows do not sum to what is said. */
  void check(ControlTotals rows);

  /** Of when it is: the same content is of the same moment. */
  Instant moment();

  /** The page, which names the other files. */
  String page(List<WrittenFile> files);

  /** What it comes to, for the terminal. */
  List<String> lines();
}
