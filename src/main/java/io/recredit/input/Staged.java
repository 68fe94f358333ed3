package io.recredit.input;

import io.recredit.postgres.CopyBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One of some records.
 *
 * @param raw the line itself, kept only where it may turn out to repeat an earlier one of its file
 */
public record Staged(InputRecords records, int index, @Nullable String raw) {

  void writeTo(CopyBuffer row) {
    records.writeTo(row, index);
  }
}
