package io.recredit.feed;

import io.recredit.wording.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
          "The folder %s holds both %s and %s. Remove the one that is not meant, then run the same command again."
              .formatted(folder, found.get(0).getFileName(), found.get(1).getFileName()));
    }
    return found.stream().findFirst().map(path -> new FeedFile(kind, date, path));
  }

  private Path path(FeedKind kind, LocalDate date, String ending) {
    return folder.resolve(kind.word() + "-" + date + ending);
  }

  private void requireFolder() {
    var complaint =
        !Files.exists(folder)
            ? "does not exist"
            : !Files.isDirectory(folder)
                ? "is a file, not a folder"
                : !Files.isReadable(folder) || !Files.isExecutable(folder)
                    ? "may not be read by this user"
                    : null;
    if (complaint != null) {
      throw new UserException(
          "The input folder %s %s. Correct that, or name another folder."
              .formatted(folder, complaint));
    }
  }

  private static void requireReadable(FeedFile file) {
    if (!Files.isRegularFile(file.path())) {
      throw new UserException(
          "%s is not a file%s. Put the day's %s file in its place, then run the same command again."
              .formatted(
                  file.path(),
                  Files.isDirectory(file.path()) ? " but a folder" : "",
                  file.kind().word()));
    }
    if (!Files.isReadable(file.path())) {
      throw new UserException(
          "The file %s may not be read by this user. Correct its permissions, then run the same command again."
              .formatted(file.path()));
    }
  }

  private String missingSentence(List<FeedKind> kinds, LocalDate date) {
    var one = kinds.size() == 1;
    return "The %s of %s %s missing in %s: expected %s, or the same with .gz. Deliver %s (an empty file says that there was nothing that day), then run the same command again."
        .formatted(
            kinds.stream()
                .map(kind -> kind.word() + " file")
                .collect(Collectors.joining(" and the ")),
            date,
            one ? "is" : "are",
            folder,
            kinds.stream()
                .map(kind -> kind.word() + "-" + date + ENDINGS.get(0))
                .collect(Collectors.joining(" and ")),
            one ? "it" : "them");
  }
}
