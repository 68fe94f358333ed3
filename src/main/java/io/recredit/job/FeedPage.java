package io.recredit.job;

import io.recredit.feed.FeedLine;
import io.recredit.store.Run.InputFile;
import java.util.List;

/**
 * Some lines of one file: the item of the reading steps. A page is bounded in lines and bytes, so
 * that a chunk is too, however long the lines are.
 *
 * @param carriedOn an earlier process read the beginning of the file
 */
record FeedPage(InputFile file, List<FeedLine> lines, boolean carriedOn) {}
