package io.recredit.input;

import java.time.LocalDate;
import java.util.function.LongConsumer;

/**
 * What a run reads from no file: what somebody decided, for instance.
 *
 * @param from the first business date that it is about
 * @param to the last one
 * @param write writes it down as that of the run of this number
 */
public record OwnInput(LocalDate from, LocalDate to, LongConsumer write) {}
