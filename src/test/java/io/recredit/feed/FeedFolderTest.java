package io.recredit.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.recredit.wording.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedFolderTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

  @TempDir Path folder;

  @Test
  void aDayHasItsCapturesThenItsRefundsThenItsReleases() throws IOException {
    deliver("releases-2026-11-20.ndjson");
    deliver("refunds-2026-11-20.ndjson.gz");
    deliver("captures-2026-11-20.ndjson");
    deliver("captures-2026-11-21.ndjson");

    assertThat(feed().files(DAY))
        .containsExactly(
            file(FeedKind.CAPTURES, "captures-2026-11-20.ndjson"),
            file(FeedKind.REFUNDS, "refunds-2026-11-20.ndjson.gz"),
            file(FeedKind.RELEASES, "releases-2026-11-20.ndjson"));
  }

  @Test
  void aDayNeedsNoReleases() throws IOException {
    deliver("captures-2026-11-20.ndjson");
    deliver("refunds-2026-11-20.ndjson");

    assertThat(feed().files(DAY)).extracting(FeedFile::kind).doesNotContain(FeedKind.RELEASES);
  }

  @Test
  void aMissingRefundsFileIsNamedWithItsDayAndItsFolder() throws IOException {
    deliver("captures-2026-11-20.ndjson");

    assertFailure(
        "The refunds file of 2026-11-20 is missing in "
            + folder
            + ": expected refunds-2026-11-20.ndjson, or the same with .gz. Deliver it (an empty file says that there was nothing that day), then run the same command again.");
  }

  @Test
  void missingCapturesAndRefundsAreNamedInOneSentence() throws IOException {
    deliver("releases-2026-11-20.ndjson");

    assertFailure(
        "The captures file and the refunds file of 2026-11-20 are missing in "
            + folder
            + ": expected captures-2026-11-20.ndjson and refunds-2026-11-20.ndjson, or the same with .gz. Deliver them (an empty file says that there was nothing that day), then run the same command again.");
  }

  @Test
  void thePlainAndTheGzippedFileOfOneDayContradictEachOther() throws IOException {
    deliver("captures-2026-11-20.ndjson");
    deliver("refunds-2026-11-20.ndjson");
    deliver("releases-2026-11-20.ndjson");
    deliver("releases-2026-11-20.ndjson.gz");

    assertFailure(
        "The folder "
            + folder
            + " holds both releases-2026-11-20.ndjson and releases-2026-11-20.ndjson.gz. Remove the one that is not meant, then run the same command again.");
  }

  @Test
  void whatLiesThereUnderANearNameIsNamedBesideWhatIsMissing() throws IOException {
    deliver("captures-2026-11-20.jsonl");
    deliver("Refunds-2026-11-20.ndjson");
    deliver("captures-2026-11-21.json");

    assertThatThrownBy(() -> feed().files(DAY))
        .hasMessageEndingWith(
            "In the folder there are, and are not read: Refunds-2026-11-20.ndjson, captures-2026-11-20.jsonl.");
  }

  @Test
  void aLinkToNothingIsAnError() throws IOException {
    deliver("captures-2026-11-20.ndjson");
    deliver("refunds-2026-11-20.ndjson");
    var link = folder.resolve("releases-2026-11-20.ndjson");
    Files.createSymbolicLink(link, folder.resolve("nowhere"));

    assertFailure(
        link
            + " is a link to nothing. Put the day's releases file in its place, then run the same command again.");
    assertThat(feed().hasNone(DAY)).isFalse();
  }

  @Test
  void aFolderInPlaceOfAFileIsSaidToBeOne() throws IOException {
    deliver("captures-2026-11-20.ndjson");
    Files.createDirectory(folder.resolve("refunds-2026-11-20.ndjson"));

    assertFailure(
        folder.resolve("refunds-2026-11-20.ndjson")
            + " is not a file but a folder. Put the day's refunds file in its place, then run the same command again.");
  }

  @Test
  void aFileThatMayNotBeReadIsSaidToBeOne() throws IOException {
    deliver("captures-2026-11-20.ndjson");
    deliver("refunds-2026-11-20.ndjson");
    forbid(folder.resolve("captures-2026-11-20.ndjson"));

    assertFailure(
        "The file "
            + folder.resolve("captures-2026-11-20.ndjson")
            + " may not be read by this user. Correct its permissions, then run the same command again.");
  }

  @Test
  void aFolderThatIsMissingIsSaidToBe() {
    var missing = folder.resolve("nowhere");

    assertThatThrownBy(() -> new FeedFolder(missing).files(DAY))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The input folder "
                + missing
                + " does not exist. Correct that, or name another folder.");
    assertThat(new FeedFolder(missing).hasNone(DAY)).isTrue();
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    deliver("file");
    var file = folder.resolve("file");

    assertThatThrownBy(() -> new FeedFolder(file).files(DAY))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The input folder "
                + file
                + " is a file, not a folder. Correct that, or name another folder.");
  }

  @Test
  void aFolderThatMayNotBeReadIsSaidToBeOne() throws IOException {
    var closed = Files.createDirectory(folder.resolve("closed"));
    forbid(closed);

    assertThatThrownBy(() -> new FeedFolder(closed).files(DAY))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The input folder "
                + closed
                + " may not be read by this user. Correct that, or name another folder.");
  }

  @Test
  void aDayHasNoneIfNothingOfAnyKindIsThere() throws IOException {
    assertThat(feed().hasNone(DAY)).isTrue();

    deliver("releases-2026-11-20.ndjson.gz");

    assertThat(feed().hasNone(DAY)).isFalse();
    assertThat(feed().hasNone(DAY.plusDays(1))).isTrue();
  }

  private FeedFolder feed() {
    return new FeedFolder(folder);
  }

  private FeedFile file(FeedKind kind, String name) {
    return new FeedFile(kind, DAY, folder.resolve(name));
  }

  private void deliver(String name) throws IOException {
    Files.createFile(folder.resolve(name));
  }

  private static void forbid(Path path) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(path), "this user may read everything");
  }

  private void assertFailure(String sentence) {
    assertThatThrownBy(() -> feed().files(DAY))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence);
  }
}
