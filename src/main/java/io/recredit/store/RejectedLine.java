package io.recredit.store;

import java.time.LocalDate;

/** A line that breaks SPEC part 3: kept with what is wrong with it, for somebody to correct. */
public record RejectedLine(
    InputTable table,
    LocalDate fileDate,
    String fileName,
    long lineNumber,
    String error,
    String raw) {}
