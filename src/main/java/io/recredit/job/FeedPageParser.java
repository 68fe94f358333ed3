package io.recredit.job;

import io.recredit.feed.ParsedLine;
import io.recredit.feed.RecordParser;
import java.util.ArrayList;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/**
 * Makes records of a page's lines, or rejections that say what is wrong. Pages of a chunk are
 * parsed side by side.
 */
final class FeedPageParser implements ItemProcessor<FeedPage, ParsedPage> {

  private final RecordParser<?> parser;

  FeedPageParser(RecordParser<?> parser) {
    this.parser = parser;
  }

  @Override
  public ParsedPage process(FeedPage page) {
    var parsed = new ArrayList<ParsedLine<?>>(page.lines().size());
    for (var line : page.lines()) {
      parsed.add(parser.parse(line));
    }
    return new ParsedPage(page.file(), parsed, page.carriedOn());
  }
}
