package io.recredit.job;

import io.recredit.feed.ParsedLine;
import io.recredit.store.Run.InputFile;
import java.util.List;

/** A page of lines as records and rejections. */
record ParsedPage(InputFile file, List<ParsedLine<?>> lines, boolean carriedOn) {}
