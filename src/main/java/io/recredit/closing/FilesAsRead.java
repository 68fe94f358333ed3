package io.recredit.closing;

import static io.recredit.wording.Messages.text;

import io.recredit.feed.FeedFile;
import io.recredit.feed.FeedFolder;
import io.recredit.feed.FeedKind;
import io.recredit.input.Readings;
import io.recredit.input.Readings.ReadFile;
import io.recredit.settings.Settings;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Holds the files of the last days read against what was read of them. */
@Component
class FilesAsRead {

  private final Readings readings;
  private final int lookBackDays;

  FilesAsRead(Readings readings, Settings settings) {
    this.readings = readings;
    this.lookBackDays = settings.lookBackDays();
  }

  /**
   * What is in a folder.
   *
   * @param different sentences about files that are not what was read
   * @param gone the names of files that were read and are not there
   */
  record Looked(List<String> different, List<String> gone) {}

  private record Name(FeedKind kind, LocalDate date) {}

  Looked lookBack(Path input) {
    var folder = new FeedFolder(input.toAbsolutePath().normalize());
    var read = new HashMap<Name, ReadFile>();
    readings
        .filesOfLastDays(lookBackDays)
        .forEach(file -> read.put(new Name(file.kind(), file.date()), file));
    var there =
        read.keySet().stream()
            .map(Name::date)
            .distinct()
            .sorted()
            .flatMap(date -> folder.found(date).stream())
            .toList();
    var different =
        there.stream()
            .filter(file -> !isAsRead(file, read.get(name(file))))
            .map(file -> text("closing.file-differs", file.path(), file.date()))
            .toList();
    there.forEach(file -> read.remove(name(file)));
    return new Looked(different, read.values().stream().map(ReadFile::name).sorted().toList());
  }

  private static boolean isAsRead(FeedFile file, @Nullable ReadFile read) {
    return read != null && file.sha256().equals(read.sha256());
  }

  private static Name name(FeedFile file) {
    return new Name(file.kind(), file.date());
  }
}
