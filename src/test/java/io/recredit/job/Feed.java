package io.recredit.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * A folder that files are delivered to. A file that is delivered again takes the old one's place.
 */
final class Feed {

  private final Path folder;

  Feed(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  void captures(String day, FeedRecord... records) {
    lines("captures", day, json(records));
  }

  void refunds(String day, FeedRecord... records) {
    lines("refunds", day, json(records));
  }

  void releases(String day, FeedRecord... records) {
    lines("releases", day, json(records));
  }

  void orders(String day, FeedDocument... documents) {
    lines("orders", day, Arrays.stream(documents).map(FeedDocument::json).toList());
  }

  /** A settlement report, or what lies where one is expected. */
  void payout(String fileName, String content) {
    var reports = folder.resolve("payouts");
    try {
      Files.createDirectories(reports);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write(reports.resolve(fileName), content.getBytes(UTF_8));
  }

  void removePayout(String fileName) {
    try {
      Files.delete(folder.resolve("payouts").resolve(fileName));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Objects as JSON, with single quotes for double ones. */
  void refusals(String day, String... objects) {
    lines("refusals", day, quoted(objects));
  }

  void events(String day, String... objects) {
    lines("events", day, quoted(objects));
  }

  private static List<String> quoted(String... objects) {
    return Arrays.stream(objects).map(object -> object.replace('\'', '"')).toList();
  }

  void nothing(String day) {
    captures(day);
    refunds(day);
  }

  void lines(String kind, String day, List<String> lines) {
    write(path(kind, day), bytes(lines));
  }

  void gzipped(String kind, String day, FeedRecord... records) {
    write(gzip(kind, day), gzip(bytes(json(records))));
  }

  /** As a delivery that broke off leaves it. */
  void cutOff(String kind, String day, FeedRecord... records) {
    var whole = gzip(bytes(json(records)));
    write(gzip(kind, day), Arrays.copyOf(whole, whole.length - 10));
  }

  void remove(String kind, String day) {
    try {
      Files.deleteIfExists(path(kind, day));
      Files.deleteIfExists(gzip(kind, day));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> json(FeedRecord... records) {
    return Arrays.stream(records).map(FeedRecord::json).toList();
  }

  private static byte[] bytes(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining()).getBytes(UTF_8);
  }

  private static byte[] gzip(byte[] bytes) {
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  private Path path(String kind, String day) {
    return folder.resolve(kind + "-" + day + ".ndjson");
  }

  private Path gzip(String kind, String day) {
    return folder.resolve(kind + "-" + day + ".ndjson.gz");
  }

  private static void write(Path path, byte[] bytes) {
    try {
      Files.write(path, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
