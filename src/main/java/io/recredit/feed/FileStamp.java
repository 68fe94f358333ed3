package io.recredit.feed;

import java.time.Instant;

/**
 * Size and time of a file on disk: while both are as they were, so is what it holds.
 *
 * @param modifiedAt to the microsecond, as PostgreSQL keeps it
 */
public record FileStamp(long bytes, Instant modifiedAt) {}
