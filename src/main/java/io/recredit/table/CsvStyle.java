package io.recredit.table;

/** How a CSV file is written: for whom reads it. */
public enum CsvStyle {
  /** RFC 4180: commas, points in decimals, times with their offset. */
  PLAIN,
  /**
   * As a spreadsheet program opens it where decimals have a comma: a byte order mark, semicolons,
   * times without an offset.
   */
  EXCEL
}
