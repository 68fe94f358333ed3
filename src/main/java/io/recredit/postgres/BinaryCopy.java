package io.recredit.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Writes rows with PostgreSQL's {@code COPY … FROM STDIN (FORMAT BINARY)} in the transaction of its
 * connection. Closing it without {@link #end} cancels the COPY and fails the transaction. Values
 * must come in the order of the columns.
 */
public final class BinaryCopy implements AutoCloseable {

  private static final byte[] HEADER =
      "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int FLUSH_AT = 1 << 16;
  private static final int END = -1;

  /** Writes these rows in the transaction at work, if there is one. */
  public static <T> void rows(
      DataSource dataSource,
      String table,
      List<String> columns,
      Collection<T> rows,
      BiConsumer<T, CopyBuffer> writer)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    var connection = DataSourceUtils.getConnection(dataSource);
    try (var copy = new BinaryCopy(connection, table, columns)) {
      for (var row : rows) {
        writer.accept(row, copy.startRow());
      }
      copy.end();
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  private final CopyIn copy;
  private final int columns;
  private final CopyBuffer buffer = new CopyBuffer(FLUSH_AT * 2);

  public BinaryCopy(Connection connection, String table, List<String> columns) throws SQLException {
    this.copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "copy %s (%s) from stdin (format binary)"
                    .formatted(table, String.join(", ", columns)));
    this.columns = copy.getFieldCount();
    buffer.values(HEADER, 0, HEADER.length);
  }

  /** Takes the values of the row. */
  public CopyBuffer startRow() throws SQLException {
    if (buffer.used() >= FLUSH_AT) {
      flush();
    }
    buffer.putShort(columns);
    return buffer;
  }

  /** Ends the COPY; the rows are there once the transaction commits. */
  public void end() throws SQLException {
    buffer.putShort(END);
    flush();
    copy.endCopy();
  }

  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }

  private void flush() throws SQLException {
    copy.writeToCopy(buffer.bytes(), 0, buffer.used());
    buffer.clear();
  }
}
