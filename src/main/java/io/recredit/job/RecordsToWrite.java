package io.recredit.job;

import io.recredit.input.RejectedLine;
import io.recredit.input.Staged;
import java.util.List;

/**
 * What a page of lines comes to, without the lines themselves: the item of the reading steps.
 *
 * @param loaded records that go into their table at once
 * @param staged records that must be compared with others first
 */
record RecordsToWrite(
    PageSpan span, List<Staged> loaded, List<Staged> staged, List<RejectedLine> rejected) {}
