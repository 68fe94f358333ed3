package io.recredit.run;

import static io.recredit.wording.ExitCode.WRONG_COMMAND_LINE;
import static io.recredit.wording.Messages.text;

import io.recredit.feed.FeedFile;
import io.recredit.feed.FeedFolder;
import io.recredit.feed.FeedKind;
import io.recredit.input.InputFile;
import io.recredit.input.Readings;
import io.recredit.wording.UserException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Which files a request reads, and how: what is there, beside what was read before. */
@Component
class RunFiles {

  private final Readings readings;

  RunFiles(Readings readings) {
    this.readings = readings;
  }

  /**
   * Whether the request catches up a day of which nothing was delivered, not even under another
   * name.
   */
  boolean hasNothing(RunRequest request) {
    var folder = new FeedFolder(request.input().toAbsolutePath().normalize());
    return request.catchesUp()
        && readings.firstDayRead().isPresent()
        && !readings.wasRead(request.from())
        && folder.hasNone(request.from())
        && folder.notRead(request.from(), request.from()).isEmpty();
  }

  /**
   * The files to be read, or to be known as unchanged.
   *
   * @param missing takes the days of a rerun that have no files and were never read
   */
  List<InputFile> of(RunRequest request, Consumer<String> said, List<LocalDate> missing) {
    mustNotBePruned(request.from());
    var folder = new FeedFolder(request.input().toAbsolutePath().normalize());
    var files = new ArrayList<InputFile>();
    if (!request.folderMayBeGone()) {
      folder.mustBeThere();
    }
    for (var date : request.from().datesUntil(request.to().plusDays(1)).toList()) {
      if (request.kind() != Run.Kind.RERUN || !folder.hasNone(date)) {
        var mayBeGone = request.catchesUp() ? readings.kindsRead(date) : Set.<FeedKind>of();
        folder.files(date, mayBeGone).forEach(file -> files.add(inputFile(file, date)));
      } else if (readings.wasRead(date)) {
        said.accept(text("run.files-gone", date, request.input()));
      } else {
        said.accept(text("run.files-never", date, request.input()));
        missing.add(date);
      }
    }
    return files;
  }

  /** Of what they said before too much is gone to tell what they change. */
  private void mustNotBePruned(LocalDate day) {
    readings
        .prunedBefore()
        .filter(day::isBefore)
        .ifPresent(
            before -> {
              throw new UserException(text("run.pruned", before, day), WRONG_COMMAND_LINE);
            });
  }

  private InputFile inputFile(FeedFile file, LocalDate date) {
    var stamp = file.stamp();
    var sha256 = file.sha256();
    var reading = readings.needed(file.kind(), date, sha256);
    if (reading != InputFile.Reading.NONE) {
      file.mustBeWhatItsNameSays();
    }
    return new InputFile(file, stamp, sha256, reading);
  }

  /** Whether they are the same files, read in the same way from the same bytes. */
  static boolean areSame(List<InputFile> files, List<InputFile> others) {
    return files.size() == others.size()
        && files.stream().allMatch(file -> others.stream().anyMatch(file::isSame));
  }
}
