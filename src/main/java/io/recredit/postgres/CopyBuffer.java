package io.recredit.postgres;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Values in PostgreSQL's binary format, one behind the other, as {@link BinaryCopy} sends them. */
public final class CopyBuffer {

  /** PostgreSQL's numbers of the types that arrays are of here. */
  private static final int TEXT = 25;

  private static final int BIGINT = 20;

  private static final int NULL = -1;
  private static final long POSTGRES_EPOCH_SECOND = 946_684_800L;
  private static final long POSTGRES_EPOCH_DAY = 10_957L;

  private byte[] bytes;
  private int used;

  public CopyBuffer(int bytes) {
    this.bytes = new byte[bytes];
  }

  public int used() {
    return used;
  }

  /** The array itself, of which the first {@link #used} bytes count. */
  public byte[] bytes() {
    return bytes;
  }

  public void clear() {
    used = 0;
  }

  /** Values that another buffer holds. */
  public void values(byte[] encoded, int from, int to) {
    reserve(to - from);
    System.arraycopy(encoded, from, bytes, used, to - from);
    used += to - from;
  }

  public void text(@Nullable String value) {
    if (value == null) {
      putInt(NULL);
      return;
    }
    var encoded = value.getBytes(StandardCharsets.UTF_8);
    putInt(encoded.length);
    values(encoded, 0, encoded.length);
  }

  public void bigint(long value) {
    putInt(Long.BYTES);
    putLong(value);
  }

  public void bigint(@Nullable Long value) {
    if (value == null) {
      putInt(NULL);
    } else {
      bigint(value.longValue());
    }
  }

  public void uuid(UUID value) {
    putInt(2 * Long.BYTES);
    putLong(value.getMostSignificantBits());
    putLong(value.getLeastSignificantBits());
  }

  public void bool(boolean value) {
    putInt(1);
    reserve(1);
    bytes[used++] = (byte) (value ? 1 : 0);
  }

  public void date(LocalDate value) {
    putInt(Integer.BYTES);
    putInt(Math.toIntExact(value.toEpochDay() - POSTGRES_EPOCH_DAY));
  }

  /** To the microsecond, which is what a timestamptz holds. */
  public void time(@Nullable Instant value) {
    if (value == null) {
      putInt(NULL);
    } else {
      bigint(
          (value.getEpochSecond() - POSTGRES_EPOCH_SECOND) * 1_000_000L + value.getNano() / 1_000);
    }
  }

  public void texts(Collection<String> values) {
    array(values, TEXT, this::text);
  }

  public void bigints(Collection<Long> values) {
    array(values, BIGINT, this::bigint);
  }

  /** Of one dimension, without nulls. */
  private <T> void array(Collection<T> values, int type, Consumer<T> element) {
    var length = used;
    putInt(0);
    putInt(values.isEmpty() ? 0 : 1);
    putInt(0);
    putInt(type);
    if (!values.isEmpty()) {
      putInt(values.size());
      putInt(1);
      values.forEach(element);
    }
    var end = used;
    used = length;
    putInt(end - length - Integer.BYTES);
    used = end;
  }

  public void putShort(int value) {
    reserve(Short.BYTES);
    bytes[used++] = (byte) (value >> 8);
    bytes[used++] = (byte) value;
  }

  private void putInt(int value) {
    reserve(Integer.BYTES);
    bytes[used++] = (byte) (value >> 24);
    bytes[used++] = (byte) (value >> 16);
    bytes[used++] = (byte) (value >> 8);
    bytes[used++] = (byte) value;
  }

  private void putLong(long value) {
    putInt((int) (value >> 32));
    putInt((int) value);
  }

  private void reserve(int more) {
    if (bytes.length - used < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, used + more));
    }
  }
}
