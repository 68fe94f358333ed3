package io.recredit.run;

import java.nio.file.Path;
import java.time.LocalDate;

/**
 * What a command asks for.
 *
 * @param input the folder of the files
 * @param folderMayBeGone nobody named the folder: without it, no day has any files
 * @param withdraw whether it is meant that many records are gone from a file
 */
public record RunRequest(
    Run.Kind kind,
    LocalDate from,
    LocalDate to,
    Path input,
    boolean folderMayBeGone,
    boolean withdraw) {}
