package io.recredit.input;

import io.recredit.feed.FeedFile;
import io.recredit.feed.FeedFolder;
import io.recredit.feed.FeedKind;
import io.recredit.feed.FileStamp;
import io.recredit.input.Readings.ReadFile;
import io.recredit.settings.Settings;
import io.recredit.wording.FilesException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Holds the files of the last days read against what was read of them. */
@Component
public class FilesAsRead {

  private final Readings readings;
  private final int lookBackDays;

  FilesAsRead(Readings readings, Settings settings) {
    this.readings = readings;
    this.lookBackDays = settings.lookBackDays();
  }

  /**
   * What is in a folder of those days.
   *
   * @param different files that are not what was read, new ones among them
   * @param touched files that have another time, and hold what was read of them
   * @param gone the names of files that were read and are not there
   */
  public record Looked(
      List<FeedFile> different, Map<FeedFile, FileStamp> touched, List<String> gone) {}

  /** Whether a file with another time is what was read. */
  @FunctionalInterface
  private interface Comparison {
    boolean test(FeedFile file, FileStamp stamp, ReadFile read);
  }

  private record Name(FeedKind kind, LocalDate date) {}

  /** Reads those files whose size is as it was and whose time is not. */
  public Looked lookBack(Path input) {
    return look(input, (file, stamp, read) -> file.sha256().equals(read.sha256()));
  }

  /** Reads no file: one with another time may be another one, or what was read of it. */
  public Looked glanceBack(Path input) {
    return look(
        input,
        (file, stamp, read) -> !read.isStampKnown() || stamp.bytes() == read.stamp().bytes());
  }

  private Looked look(Path input, Comparison isTheSame) {
    var folder = new FeedFolder(input.toAbsolutePath().normalize());
    var read = new HashMap<Name, ReadFile>();
    readings
        .filesOfLastDays(lookBackDays)
        .forEach(file -> read.put(new Name(file.kind(), file.date()), file));
    var different = new ArrayList<FeedFile>();
    var touched = new HashMap<FeedFile, FileStamp>();
    var there =
        read.keySet().stream()
            .map(Name::date)
            .distinct()
            .sorted()
            .flatMap(date -> folder.found(date).stream())
            .toList();
    for (var file : there) {
      try {
        var before = read.get(name(file));
        var stamp = file.stamp();
        if (before == null) {
          different.add(file);
        } else if (!stamp.equals(before.stamp()) || !file.name().equals(before.name())) {
          if (isTheSame.test(file, stamp, before)) {
            touched.put(file, stamp);
          } else {
            different.add(file);
          }
        }
      } catch (FilesException e) { // said by whoever reads it
        different.add(file);
      }
    }
    there.forEach(file -> read.remove(name(file)));
    return new Looked(
        List.copyOf(different),
        Map.copyOf(touched),
        read.values().stream().map(ReadFile::name).sorted().toList());
  }

  /** Notes of what was looked at that it need not be read the next time. */
  public void remember(Looked looked) {
    looked.touched().forEach(readings::isAsRead);
  }

  private static Name name(FeedFile file) {
    return new Name(file.kind(), file.date());
  }
}
