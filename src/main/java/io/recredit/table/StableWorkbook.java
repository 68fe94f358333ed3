package io.recredit.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A workbook's bytes without the moment of writing, which fastexcel puts into its properties and
 * nobody can take from it: the same data are to make the same bytes.
 */
public final class StableWorkbook {

  private static final String PROPERTIES = "docProps/core.xml";

  private StableWorkbook() {}

  /** Copies the entries as they are compressed, but for the properties. */
  public static void copy(Path workbook, Path copy, Instant createdAt) throws IOException {
    try (var from = ZipFile.builder().setPath(workbook).get();
        var to = new ZipArchiveOutputStream(copy)) {
      for (var entry : Collections.list(from.getEntriesInPhysicalOrder())) {
        if (entry.getName().equals(PROPERTIES)) {
          var fresh = new ZipArchiveEntry(PROPERTIES);
          fresh.setTime(0);
          to.putArchiveEntry(fresh);
          to.write(properties(createdAt).getBytes(UTF_8));
          to.closeArchiveEntry();
        } else {
          to.addRawArchiveEntry(entry, from.getRawInputStream(entry));
        }
      }
    }
  }

  private static String properties(Instant createdAt) {
    return """
    <?xml version="1.0" encoding="UTF-8" standalone="no"?>
    <cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>Recredit</dc:creator>\
    <dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created></cp:coreProperties>
    """
        .formatted(createdAt.truncatedTo(ChronoUnit.SECONDS));
  }
}
