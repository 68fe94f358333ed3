package io.recredit.feed;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.FilesException;
import io.recredit.wording.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The folder that the feed is delivered to: per day {@code captures-2026-11-20.ndjson}, {@code
 * refunds-2026-11-20.ndjson} and, where there are any, {@code releases-2026-11-20.ndjson}, {@code
 * refusals-2026-11-20.ndjson} and {@code events-2026-11-20.ndjson}, each plain or gzipped ({@code
 * .ndjson.gz}).
 */
public final class FeedFolder {

  private static final List<String> ENDINGS = List.of(".ndjson", ".ndjson.gz");

  /** What people call a day's file that is not read: captures-D-2.ndjson, Refund-D.json. */
  private static final Pattern NEAR_NAME =
      Pattern.compile(
          "(?:capture|refund|release|order|refusal|event)s?[^0-9]*(\\d{4})-?(\\d{2})-?(\\d{2}).*",
          Pattern.CASE_INSENSITIVE);

  private final Path folder;

  public FeedFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The day's files: captures and refunds, or orders, or all of them; and of the other kinds those
   * that there are. {@link FilesException} where one is missing, there twice, or cannot be read.
   */
  public List<FeedFile> files(LocalDate date) {
    return files(date, Set.of());
  }

  /**
   * The same of a day that was read before.
   *
   * @param read what was read of it, which may be gone: that stays read
   */
  public List<FeedFile> files(LocalDate date, Set<FeedKind> read) {
    mustBeThere();
    var files = new ArrayList<FeedFile>();
    var missing = new ArrayList<FeedKind>();
    for (var kind : FeedKind.values()) {
      var found = find(kind, date);
      found.ifPresent(files::add);
      if (found.isEmpty() && kind.isDaily() && !read.contains(kind)) {
        missing.add(kind);
      }
    }
    if (!missing.isEmpty()
        && !read.contains(FeedKind.ORDERS)
        && files.stream().noneMatch(file -> file.kind() == FeedKind.ORDERS)) {
      throw new FilesException(missingSentence(missing, date));
    }
    files.forEach(FeedFolder::requireReadable);
    return List.copyOf(files);
  }

  /** What is there of the day, whatever it lacks or has twice. */
  public List<FeedFile> found(LocalDate date) {
    return Arrays.stream(FeedKind.values())
        .flatMap(
            kind ->
                ENDINGS.stream()
                    .map(end -> path(kind, date, end))
                    .filter(FeedFolder::isThere)
                    .map(path -> new FeedFile(kind, date, path)))
        .toList();
  }

  /** Whether nothing at all was delivered for the day. */
  public boolean hasNone(LocalDate date) {
    return Arrays.stream(FeedKind.values())
        .allMatch(kind -> ENDINGS.stream().noneMatch(end -> isThere(path(kind, date, end))));
  }

  /** Files in the folder of these ones whose names are nearly those of these days, by name. */
  public static List<String> notRead(List<FeedFile> files, LocalDate from, LocalDate to) {
    return files.stream()
        .findFirst()
        .map(file -> file.path().getParent())
        .map(folder -> new FeedFolder(folder).notRead(from, to))
        .orElse(List.of());
  }

  /** Files whose names are nearly those of these days, by name. */
  public List<String> notRead(LocalDate from, LocalDate to) {
    try (var names = Files.list(folder)) {
      return names
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> isNear(name, from, to))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // what is read can be read without it
    }
  }

  private static boolean isNear(String name, LocalDate from, LocalDate to) {
    var match = NEAR_NAME.matcher(name);
    if (!match.matches()) {
      return false;
    }
    try {
      var date = LocalDate.parse(match.group(1) + "-" + match.group(2) + "-" + match.group(3));
      return !date.isBefore(from) && !date.isAfter(to) && !isRead(name, date);
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isRead(String name, LocalDate date) {
    return Arrays.stream(FeedKind.values())
        .anyMatch(
            kind -> ENDINGS.stream().anyMatch(end -> name.equals(kind.word() + "-" + date + end)));
  }

  /** A link is there, even one to nothing. */
  private static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private Optional<FeedFile> find(FeedKind kind, LocalDate date) {
    var found =
        ENDINGS.stream().map(end -> path(kind, date, end)).filter(FeedFolder::isThere).toList();
    if (found.size() > 1) {
      throw new FilesException(
          text("feed.folder.both", folder, found.get(0).getFileName(), found.get(1).getFileName()));
    }
    return found.stream().findFirst().map(path -> new FeedFile(kind, date, path));
  }

  /**
   * The day's file of a kind, be it there or still to be made.
   *
   * @throws FilesException where it is there both plain and packed
   */
  public Path toAddTo(FeedKind kind, LocalDate date) {
    return find(kind, date).map(FeedFile::path).orElseGet(() -> path(kind, date, ENDINGS.get(0)));
  }

  private Path path(FeedKind kind, LocalDate date, String ending) {
    return folder.resolve(kind.word() + "-" + date + ending);
  }

  /** {@link UserException} where there is no such folder, or it may not be read. */
  public void mustBeThere() {
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
    if (!Files.exists(file.path())) {
      throw new FilesException(text("feed.file.link", file.path(), file.kind().word()));
    }
    if (!Files.isRegularFile(file.path())) {
      throw new FilesException(
          Files.isDirectory(file.path())
              ? text("feed.file.is-folder", file.path(), file.kind().word())
              : text("feed.file.none", file.path(), file.kind().word()));
    }
    if (!Files.isReadable(file.path())) {
      throw new FilesException(text("feed.file.no-right", file.path()));
    }
  }

  private String missingSentence(List<FeedKind> kinds, LocalDate date) {
    var expected = kinds.stream().map(kind -> kind.word() + "-" + date + ENDINGS.get(0)).toList();
    var near = notRead(date, date);
    var sentence = missingSentence(kinds, date, expected);
    return near.isEmpty()
        ? sentence
        : sentence + " " + text("feed.day.near", String.join(", ", near));
  }

  private String missingSentence(List<FeedKind> kinds, LocalDate date, List<String> expected) {
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
