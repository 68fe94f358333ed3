package io.recredit.job;

import io.recredit.feed.FeedLine;
import io.recredit.feed.ParsedLine;
import io.recredit.feed.RecordParser;
import io.recredit.input.InputFile;
import io.recredit.input.InputRecords;
import io.recredit.input.RejectedLine;
import io.recredit.input.Staged;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of lines as records, or rejections that say what is wrong.
 *
 * @param accepted the lines of the records
 */
record ParsedPage(
    FeedPage page, InputRecords records, List<FeedLine> accepted, List<RejectedLine> rejected) {

  static ParsedPage of(FeedPage page, RecordParser<?> parser) {
    var file = page.file();
    var records = new InputRecords(file.date());
    var accepted = new ArrayList<FeedLine>(page.lines().size());
    var rejected = new ArrayList<RejectedLine>();
    for (var line : page.lines()) {
      var parsed = parser.parse(line);
      if (parsed instanceof ParsedLine.Accepted<?> good) {
        records.add(line.number(), good.content());
        accepted.add(line);
      } else {
        var error = ((ParsedLine.Rejected<?>) parsed).error();
        rejected.add(
            new RejectedLine(
                file.kind(), file.date(), file.name(), line.number(), error, line.raw()));
      }
    }
    return new ParsedPage(page, records, accepted, rejected);
  }

  /**
   * Sorts its records by where they go.
   *
   * @param seen the ids of the pages before it
   */
  RecordsToWrite sorted(SeenIds seen) {
    var loaded = new ArrayList<Staged>(records.size());
    var staged = new ArrayList<Staged>();
    var isFirstReading = page.file().reading() == InputFile.Reading.FIRST;
    for (var i = 0; i < records.size(); i++) {
      var isFirstOfItsId = !seen.addAndTellIfPossiblySeen(records.id(i));
      var raw = isFirstOfItsId ? null : accepted.get(i).raw();
      (isFirstReading && isFirstOfItsId ? loaded : staged).add(new Staged(records, i, raw));
    }
    return new RecordsToWrite(page.span(), loaded, staged, rejected);
  }
}
