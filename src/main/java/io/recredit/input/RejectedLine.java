package io.recredit.input;

import io.recredit.feed.FeedKind;
import java.time.LocalDate;

/**
 * A line that breaks rules.md, part 3: kept with what is wrong with it, for somebody to correct.
 */
public record RejectedLine(
    FeedKind kind,
    LocalDate fileDate,
    String fileName,
    long lineNumber,
    String error,
    String raw) {}
