package io.recredit.run;

import java.nio.file.Path;
import java.time.LocalDate;

/**
 * What a command asks for.
 *
 * @param input the folder of the files
 * @param filesMayBeGone days that were read before and of which nothing is there now are decided
 *     from what was read
 * @param withdraw whether it is meant that many records are gone from a file
 */
public record RunRequest(
    Run.Kind kind,
    LocalDate from,
    LocalDate to,
    Path input,
    boolean filesMayBeGone,
    boolean withdraw) {}
