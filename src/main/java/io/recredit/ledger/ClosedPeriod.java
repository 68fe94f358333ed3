package io.recredit.ledger;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A closing of the books that holds.
 *
 * @param until the last day that is closed
 * @param entries how many of the journal's entries are posted up to that day
 * @param sha256 over these entries
 */
public record ClosedPeriod(
    long closingId,
    LocalDate until,
    String closedBy,
    Instant closedAt,
    long entries,
    String sha256) {}
