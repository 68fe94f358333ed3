package io.recredit.backup;

import static io.recredit.wording.Messages.text;

import io.recredit.backup.Manifest.TableOfIt;
import io.recredit.wording.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads a backup's file, all of which is looked through before anything is done with it. */
final class BackupReader implements AutoCloseable {

  static final String MANIFEST = "manifest.json";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES) // said by what is newer
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private final ZipFile zip;
  private final Manifest manifest;

  private BackupReader(ZipFile zip, Manifest manifest) {
    this.zip = zip;
    this.manifest = manifest;
  }

  /**
   * Opens it.
   *
   * @param tablesVersion the newest that this program knows
   * @throws UserException where it is not there, damaged, no backup, or one of a newer version
   */
  static BackupReader of(Path file, int tablesVersion) {
    if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
      throw new UserException(text("backup.unreadable", file));
    }
    try {
      var zip = new ZipFile(file.toFile());
      try {
        var manifest = manifest(zip, file);
        if (manifest.format() > Manifest.FORMAT || manifest.tablesVersion() > tablesVersion) {
          throw new UserException(
              text(
                  "backup.newer",
                  file,
                  manifest.madeBy(),
                  manifest.tablesVersion(),
                  tablesVersion));
        }
        for (var table : manifest.tables()) {
          mustBeWhole(zip, table.name());
        }
        return new BackupReader(zip, manifest);
      } catch (IOException | RuntimeException e) {
        zip.close();
        throw e;
      }
    } catch (IOException e) {
      throw damaged(file, e);
    }
  }

  private static Manifest manifest(ZipFile zip, Path file) throws IOException {
    if (zip.getEntry(MANIFEST) == null) {
      throw new UserException(text("backup.none", file));
    }
    mustBeWhole(zip, MANIFEST);
    try (var in = zip.getInputStream(entry(zip, MANIFEST))) {
      return JSON.readValue(in, Manifest.class);
    } catch (JacksonException e) {
      throw new ZipException(e.getOriginalMessage());
    }
  }

  private static void mustBeWhole(ZipFile zip, String name) throws IOException {
    var entry = entry(zip, name);
    try (var in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
      in.transferTo(OutputStream.nullOutputStream());
      if (in.getChecksum().getValue() != entry.getCrc()) {
        throw new ZipException(text("backup.damaged.entry", name));
      }
    }
  }

  private static ZipEntry entry(ZipFile zip, String name) throws ZipException {
    var entry = zip.getEntry(name);
    if (entry == null) {
      throw new ZipException(text("backup.damaged.missing", name));
    }
    return entry;
  }

  static UserException damaged(Path file, Exception e) {
    return new UserException(text("backup.damaged", file, String.valueOf(e.getMessage())), e);
  }

  Manifest manifest() {
    return manifest;
  }

  InputStream rowsOf(TableOfIt table) throws IOException {
    return zip.getInputStream(entry(zip, table.name()));
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
