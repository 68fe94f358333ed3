package io.recredit.feed;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The folder that the feed is delivered to: per day {@code captures-2026-11-20.ndjson}, {@code
 * refunds-2026-11-20.ndjson} and, where there are any, {@code releases-2026-11-20.ndjson}, each
 * plain or gzipped ({@code .ndjson.gz}).
 */
public final class FeedFolder {

  private static final List<String> ENDINGS = List.of(".ndjson", ".ndjson.gz");

  private final Path folder;

  public FeedFolder(Path folder) {
    this.folder = folder;
  }

  /** The day's files, captures first, then refunds, then releases if there are any. */
  public List<FeedFile> files(LocalDate date) {
    requireFolder();
    var files = new ArrayList<FeedFile>();
    var missing = new ArrayList<FeedKind>();
    for (var kind : FeedKind.values()) {
      var found = find(kind, date);
      found.ifPresent(files::add);
      if (found.isEmpty() && kind.isDaily()) {
        missing.add(kind);
      }
    }
    if (!missing.isEmpty()) {
      throw new UserException(missingSentence(missing, date));
    }
    files.forEach(FeedFolder::requireReadable);
    return List.copyOf(files);
  }

  /** Whether nothing at all was delivered for the day: no captures, refunds or releases file. */
  public boolean hasNone(LocalDate date) {
    return Arrays.stream(FeedKind.values())
        .allMatch(kind -> ENDINGS.stream().noneMatch(end -> Files.exists(path(kind, date, end))));
  }

  private Optional<FeedFile> find(FeedKind kind, LocalDate date) {
    var found = ENDINGS.stream().map(end -> path(kind, date, end)).filter(Files::exists).toList();
    if (found.size() > 1) {
      throw new UserException(
          text("feed.folder.both", folder, found.get(0).getFileName(), found.get(1).getFileName()));
    }
    return found.stream().findFirst().map(path -> new FeedFile(kind, date, path));
  }

  private Path path(FeedKind kind, LocalDate date, String ending) {
    return folder.resolve(kind.word() + "-" + date + ending);
  }

  private void requireFolder() {
    var complaint =
        !Files.exists(folder)
            ? text("feed.folder.missing")
            : !Files.isDirectory(folder)
                ? text("feed.folder.is-file")
                : !Files.isReadable(folder) || !Files.isExecutable(folder)
                    ? text("feed.folder.no-right")
                    : null;
    if (complaint != null) {
      throw new UserException(text("feed.folder.unusable", folder, complaint));
    }
  }

  private static void requireReadable(FeedFile file) {
    if (!Files.isRegularFile(file.path())) {
      throw new UserException(
          Files.isDirectory(file.path())
              ? text("feed.file.is-folder", file.path(), file.kind().word())
              : text("feed.file.none", file.path(), file.kind().word()));
    }
    if (!Files.isReadable(file.path())) {
      throw new UserException(text("feed.file.no-right", file.path()));
    }
  }

  private String missingSentence(List<FeedKind> kinds, LocalDate date) {
    var expected = kinds.stream().map(kind -> kind.word() + "-" + date + ENDINGS.get(0)).toList();
    return kinds.size() == 1
        ? text("feed.day.lacks-one", kinds.get(0).word(), date, folder, expected.get(0))
        : text(
            "feed.day.lacks-both",
            kinds.get(0).word(),
            kinds.get(1).word(),
            date,
            folder,
            expected.get(0),
            expected.get(1));
  }
}
