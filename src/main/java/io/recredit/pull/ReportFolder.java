package io.recredit.pull;

import static io.recredit.wording.Messages.text;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.recredit.payout.ColumnNames;
import io.recredit.payout.PayoutFolder;
import io.recredit.payout.SettlementReport;
import io.recredit.pull.KlarnaApi.Payout;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Settlement reports as files, named as Klarna names them by SFTP: {@code
 * payouts/XISA93DJ.20260105T000000+0000.csv}. One that is there, whoever brought it, is not asked
 * for again.
 */
final class ReportFolder {

  private static final String UNFINISHED = ".pull-report";

  /** Beside them SFTP delivers PDFs. */
  private static final Pattern READ = Pattern.compile("\\.(csv|json)(\\.gz)?$");

  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_-]{1,100}");
  private static final String MIDNIGHT = "T000000+0000";

  private final Path folder;
  private final ColumnNames columns;
  private final Map<String, Path> there = new HashMap<>();

  private ReportFolder(Path folder, ColumnNames columns) {
    this.folder = folder;
    this.columns = columns;
  }

  static ReportFolder in(Path input, ColumnNames columns) {
    var folder = PayoutFolder.in(input);
    var reports = new ReportFolder(folder, columns);
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
  private Set<String> written(InputStream body, Path to) {
    write(body, to);
    return ordersIfReport(to)
        .orElseThrow(() -> NotHadException.broken(text("pull.broken.no-report")));
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

  /** The orders that a report names; none where it is no report, which whoever reads it says. */
  Set<String> orders(Path report) {
    return ordersIfReport(report).orElse(Set.of());
  }

  private Optional<Set<String>> ordersIfReport(Path file) {
    if (!(SettlementReport.look(file, columns) instanceof SettlementReport report)) {
      return Optional.empty();
    }
    var ids = new LinkedHashSet<String>();
    report.orderIds(ids::add);
    return Optional.of(ids);
  }
}
