package io.recredit.pull;

import static io.recredit.wording.Messages.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.recredit.feed.Unpacked;
import io.recredit.pull.KlarnaApi.Payout;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Settlement reports as files, named as Klarna names them by SFTP: {@code
 * payouts/XISA93DJ.20260105T000000+0000.csv}. One that is there, whoever brought it, is not asked
 * for again.
 */
final class ReportFolder {

  private static final String NAME = "payouts";
  private static final String UNFINISHED = ".pull-report";

  /** Beside them SFTP delivers PDFs. */
  private static final Pattern READ = Pattern.compile("\\.(csv|json)(\\.gz)?$");

  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_-]{1,100}");
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t');
  private static final String ORDER_ID = "order_id";
  private static final String TYPE = "type";
  private static final String AMOUNT = "amount";
  private static final String TOTAL = "total_";
  private static final String MIDNIGHT = "T000000+0000";
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final JsonFactory JSON = new JsonFactory();

  private final Path folder;
  private final Map<String, Path> there = new HashMap<>();

  private ReportFolder(Path folder) {
    this.folder = folder;
  }

  static ReportFolder in(Path input) {
    var folder = input.resolve(NAME);
    var reports = new ReportFolder(folder);
    try {
      Files.createDirectories(folder);
      try (var files = Files.list(folder)) {
        files
            .filter(file -> READ.matcher(file.toString()).find())
            .forEach(file -> reports.there.put(reference(file), file));
      }
    } catch (IOException e) {
      throw OrdersFile.cannotWrite(folder, e);
    }
    return reports;
  }

  private static String reference(Path file) {
    return String.valueOf(file.getFileName()).split("\\.", 2)[0];
  }

  /** Null where it is not there. */
  @Nullable Path find(Payout payout) {
    return there.get(payout.reference());
  }

  /**
   * The report, whole or not at all.
   *
   * @return the orders in it
   */
  Set<String> save(Payout payout, KlarnaApi api) {
    if (!REFERENCE.matcher(payout.reference()).matches()) {
      throw NotHadException.broken(text("pull.broken.reference"));
    }
    var unfinished = folder.resolve(UNFINISHED);
    var day = payout.day();
    var name =
        payout.reference()
            + (day == null ? "" : "." + day.format(DateTimeFormatter.BASIC_ISO_DATE) + MIDNIGHT)
            + ".csv";
    try {
      try {
        var orders = api.report(payout.reference(), (body, sent) -> written(body, unfinished));
        Files.move(unfinished, folder.resolve(name), ATOMIC_MOVE, REPLACE_EXISTING);
        return orders;
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw OrdersFile.cannotWrite(folder.resolve(name), e);
    }
  }

  /** The orders in an answer that is a report: a proxy's page is none, and is asked for again. */
  private static Set<String> written(InputStream body, Path to) {
    write(body, to);
    return csv(to).orElseThrow(() -> NotHadException.broken(text("pull.broken.no-report")));
  }

  private static void write(InputStream body, Path to) {
    var bytes = new byte[1 << 16];
    try (var file = FileChannel.open(to, CREATE, TRUNCATE_EXISTING, WRITE)) {
      var out = Channels.newOutputStream(file);
      for (var read = read(body, bytes); read >= 0; read = read(body, bytes)) {
        out.write(bytes, 0, read);
      }
      file.force(true);
    } catch (IOException e) {
      throw OrdersFile.cannotWrite(to, e);
    }
  }

  /** Trouble with the line is no trouble with the disk: it is tried again. */
  private static int read(InputStream body, byte[] bytes) {
    try {
      return body.read(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The orders that a report names, whatever else it is; none where it is no report. */
  static Set<String> orders(Path report) {
    return report.toString().contains(".json") ? json(report) : csv(report).orElse(Set.of());
  }

  /** What stands anywhere in it under that name. */
  private static Set<String> json(Path report) {
    var ids = new LinkedHashSet<String>();
    try (var in = Unpacked.of(report);
        var json = JSON.createParser(ObjectReadContext.empty(), in)) {
      for (var token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.VALUE_STRING
            && ORDER_ID.equals(json.currentName())
            && !json.getString().isBlank()) {
          ids.add(json.getString());
        }
      }
    } catch (JacksonException | IOException e) {
      return ids; // no report, or not to its end: whoever reads it says so
    }
    return ids;
  }

  /** Empty where no row is a report's header, whatever it is separated by. */
  private static Optional<Set<String>> csv(Path report) {
    return SEPARATORS.stream()
        .map(separator -> csv(report, separator))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Set<String>> csv(Path report, char separator) {
    var ids = new LinkedHashSet<String>();
    var isReport = false;
    var column = -1;
    try (var rows =
        CsvReader.builder()
            .fieldSeparator(separator)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(new InputStreamReader(Unpacked.of(report), UTF_8))) {
      for (var row : rows) {
        var header = header(row);
        if (header != null) {
          isReport = true;
          column = header;
        } else if (column >= 0 && column < row.getFieldCount()) {
          var id = row.getField(column).strip();
          if (!id.isEmpty()) {
            ids.add(id);
          }
        }
      }
    } catch (CsvParseException | IOException | UncheckedIOException e) {
      return isReport ? Optional.of(ids) : Optional.empty(); // whoever reads it says so
    }
    return isReport ? Optional.of(ids) : Optional.empty();
  }

  /** Where orders stand behind this row, -1 for nowhere; null where the row is no header. */
  private static @Nullable Integer header(CsvRecord row) {
    var names =
        row.getFields().stream()
            .map(name -> name.replace(BYTE_ORDER_MARK, "").strip().toLowerCase(Locale.ROOT))
            .toList();
    return (names.contains(TYPE) && names.contains(AMOUNT))
            || (names.size() > 1 && names.stream().anyMatch(name -> name.startsWith(TOTAL)))
        ? Integer.valueOf(names.indexOf(ORDER_ID))
        : null;
  }
}
