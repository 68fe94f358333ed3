package io.recredit.run;

import java.nio.file.Path;
import java.time.LocalDate;

/**
 * What a command asks for.
 *
 * @param input the folder of the files
 * @param folderMayBeGone nobody named the folder: without it, no day has any files
 * @param withdraw whether it is meant that many records are gone from a file
 * @param catchesUp nobody named the day: where its files cannot be read, others still can; and what
 *     was read of it and is gone stays read
 */
public record RunRequest(
    Run.Kind kind,
    LocalDate from,
    LocalDate to,
    Path input,
    boolean folderMayBeGone,
    boolean withdraw,
    boolean catchesUp) {}
