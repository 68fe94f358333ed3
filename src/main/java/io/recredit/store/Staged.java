package io.recredit.store;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A record as it came.
 *
 * @param record a Capture, Refund or Release of the domain
 * @param raw the line itself, kept only where it may turn out to repeat an earlier one of its file
 */
public record Staged(LocalDate fileDate, long lineNumber, Object record, @Nullable String raw) {}
