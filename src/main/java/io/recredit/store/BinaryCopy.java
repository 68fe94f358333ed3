package io.recredit.store;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes rows with PostgreSQL's {@code COPY … FROM STDIN (FORMAT BINARY)} in the transaction of its
 * connection. Closing it without {@link #end} cancels the COPY and fails the transaction. Values
 * must come in the order of the columns.
 */
final class BinaryCopy implements AutoCloseable {

  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final int FLUSH_AT = 1 << 16;
  private static final int NULL = -1;
  private static final int TEXT_OID = 25;
  private static final int BIGINT_OID = 20;
  private static final long POSTGRES_EPOCH_SECOND = 946_684_800L;
  private static final long POSTGRES_EPOCH_DAY = 10_957L;

  private final CopyIn copy;
  private final short columns;
  private byte[] buffer = new byte[FLUSH_AT * 2];
  private int used;

  BinaryCopy(Connection connection, String table, List<String> columns) throws SQLException {
    this.copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "copy %s (%s) from stdin (format binary)"
                    .formatted(table, String.join(", ", columns)));
    this.columns = (short) copy.getFieldCount();
    System.arraycopy(HEADER, 0, buffer, 0, HEADER.length);
    used = HEADER.length;
  }

  void startRow() throws SQLException {
    if (used >= FLUSH_AT) {
      flush();
    }
    putShort(columns);
  }

  void text(@Nullable String value) {
    if (value == null) {
      putInt(NULL);
    } else {
      putSized(value.getBytes(StandardCharsets.UTF_8));
    }
  }

  void bigint(long value) {
    putInt(Long.BYTES);
    putLong(value);
  }

  void bigint(@Nullable Long value) {
    if (value == null) {
      putInt(NULL);
    } else {
      bigint(value.longValue());
    }
  }

  void date(LocalDate value) {
    putInt(Integer.BYTES);
    putInt(Math.toIntExact(value.toEpochDay() - POSTGRES_EPOCH_DAY));
  }

  /** To the microsecond, which is what a timestamptz holds. */
  void time(Instant value) {
    bigint((value.getEpochSecond() - POSTGRES_EPOCH_SECOND) * 1_000_000L + value.getNano() / 1_000);
  }

  void texts(@Nullable String @Nullable [] values) {
    if (values == null) {
      putInt(NULL);
      return;
    }
    var start = startArray(values, TEXT_OID);
    for (var value : values) {
      text(value);
    }
    endArray(start);
  }

  void bigints(@Nullable Long @Nullable [] values) {
    if (values == null) {
      putInt(NULL);
      return;
    }
    var start = startArray(values, BIGINT_OID);
    for (var value : values) {
      bigint(value);
    }
    endArray(start);
  }

  /** Ends the COPY; the rows are there once the transaction commits. */
  void end() throws SQLException {
    putShort((short) -1);
    flush();
    copy.endCopy();
  }

  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }

  /** One dimension, counted from 1; its size in bytes is filled in at its end. */
  private int startArray(@Nullable Object[] values, int elementOid) {
    var start = used;
    putInt(0);
    putInt(1);
    putInt(Arrays.asList(values).contains(null) ? 1 : 0);
    putInt(elementOid);
    putInt(values.length);
    putInt(1);
    return start;
  }

  private void endArray(int start) {
    var end = used;
    used = start;
    putInt(end - start - Integer.BYTES);
    used = end;
  }

  private void flush() throws SQLException {
    copy.writeToCopy(buffer, 0, used);
    used = 0;
  }

  private void putSized(byte[] bytes) {
    putInt(bytes.length);
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, used, bytes.length);
    used += bytes.length;
  }

  private void putShort(short value) {
    reserve(Short.BYTES);
    buffer[used++] = (byte) (value >> 8);
    buffer[used++] = (byte) value;
  }

  private void putInt(int value) {
    reserve(Integer.BYTES);
    buffer[used++] = (byte) (value >> 24);
    buffer[used++] = (byte) (value >> 16);
    buffer[used++] = (byte) (value >> 8);
    buffer[used++] = (byte) value;
  }

  private void putLong(long value) {
    putInt((int) (value >> 32));
    putInt((int) value);
  }

  private void reserve(int bytes) {
    if (buffer.length - used < bytes) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, used + bytes));
    }
  }
}
