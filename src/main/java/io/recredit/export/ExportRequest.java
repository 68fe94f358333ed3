package io.recredit.export;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An export that somebody asks for.
 *
 * @param from the first posting date
 * @param to the last one
 * @param accounts the file of the ledger's accounts
 * @param currency of the entries; null for all
 * @param draft whether nothing is kept of it
 */
public record ExportRequest(
    Format format,
    LocalDate from,
    LocalDate to,
    Path accounts,
    @Nullable String currency,
    boolean draft) {

  /** What a ledger reads. */
  public enum Format {
    /** A row per account, kind, country and rate of a voucher. */
    CSV,
    /** SIE 4, type 4I, which Swedish ledgers import. */
    SIE4;

    /** As on the command line, and in the table. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
