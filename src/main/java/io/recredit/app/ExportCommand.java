package io.recredit.app;

import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;

import io.recredit.export.ExportRequest;
import io.recredit.export.ExportRequest.Format;
import io.recredit.export.Exports;
import io.recredit.export.Exports.Made;
import io.recredit.wording.Amounts;
import io.recredit.wording.ExitCode;
import io.recredit.wording.UserException;
import io.recredit.wording.WriteFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Exports the journal to a ledger. */
@Command(
    name = "export",
    description = {
      "Writes what was posted on closed days as vouchers for a ledger, each entry once: one voucher per day and currency.",
      "With --draft nothing is kept, and days need not be closed; --again writes an earlier export once more."
    })
final class ExportCommand extends DatabaseCommand {

  @Option(
      names = "--format",
      paramLabel = "csv|sie4",
      description = "CSV, or SIE 4 (type 4I), which Swedish ledgers import.")
  private @Nullable String format;

  @Option(names = "--from", paramLabel = "YYYY-MM-DD", description = "The first posting date.")
  private @Nullable LocalDate from;

  @Option(names = "--to", paramLabel = "YYYY-MM-DD", description = "The last posting date.")
  private @Nullable LocalDate to;

  @Option(
      names = "--accounts",
      paramLabel = "FILE",
      description =
          "The ledger's accounts: CSV with kind,country,currency,tax_rate,account; see jobs/accounts.csv.")
  private @Nullable Path accounts;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The file that is written.")
  private Path output;

  @Option(names = "--currency", paramLabel = "CODE", description = "Only what is in this currency.")
  private @Nullable String currency;

  @Option(names = "--draft", description = "Shows what it would be; nothing is kept of it.")
  private boolean draft;

  @Option(
      names = "--again",
      paramLabel = "N",
      description = "Writes export N once more, byte for byte.")
  private @Nullable Long again;

  @Override
  void checkCommandLine() {
    if (again == null) {
      request();
    } else if (format != null
        || from != null
        || to != null
        || accounts != null
        || currency != null
        || draft) {
      throw wrong(text("app.export.again-alone"));
    }
  }

  private ExportRequest request() {
    if (format == null || from == null || to == null || accounts == null) {
      throw wrong(text("app.export.missing"));
    }
    if (to.isBefore(from)) {
      throw wrong(text("app.days.backwards", to, from));
    }
    if (currency != null && !currency.matches("[A-Za-z]{3}")) {
      throw wrong(text("app.export.currency", currency));
    }
    return new ExportRequest(
        format(format),
        from,
        to,
        accounts,
        currency == null ? null : currency.toUpperCase(Locale.ROOT),
        draft);
  }

  private Format format(String word) {
    for (var known : Format.values()) {
      if (known.word().equals(word)) {
        return known;
      }
    }
    throw wrong(text("app.option.one-of", "--format", "csv, sie4", word));
  }

  @Override
  int run(BeanFactory beans) {
    var exports = beans.getBean(Exports.class);
    if (again != null) {
      write(exports.again(again));
      name(again);
      Terminal.say(text("app.export.again", again, output));
      return ExitCode.DONE;
    }
    var made = exports.make(request(), System.getProperty("user.name"), this::write);
    if (made.entries() > 0) {
      name(made.exportId());
    }
    said(made);
    return ExitCode.DONE;
  }

  /** Under a name of this process that says that it is not finished: it may not be kept. */
  private void write(byte[] content) {
    if (accounts != null && isOutput(accounts)) {
      throw new UserException(text("app.export.accounts-file", output));
    }
    try {
      Files.write(unfinished(), content);
    } catch (IOException e) {
      throw new UserException(text("app.export.cannot-write", output, WriteFaults.reason(e)), e);
    }
  }

  private boolean isOutput(Path other) {
    return other.toAbsolutePath().normalize().equals(output.toAbsolutePath().normalize());
  }

  private void name(@Nullable Long export) {
    try {
      Files.move(unfinished(), output, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UserException(
          export == null
              ? text("app.export.cannot-write", output, WriteFaults.reason(e))
              : text("app.export.cannot-name", output, WriteFaults.reason(e), export),
          e);
    }
  }

  private Path unfinished() {
    return output.resolveSibling(
        output.getFileName() + "." + ProcessHandle.current().pid() + ".partial");
  }

  private void said(Made made) {
    if (made.entries() == 0) {
      Terminal.say(
          made.earlier().isEmpty()
              ? text("app.export.nothing")
              : text("app.export.exported", made.earlier()));
    } else {
      var debits =
          made.debits().stream()
              .map(debit -> Amounts.format(debit.amount(), debit.currency()))
              .collect(Collectors.joining(", "));
      var of =
          text(
              "app.export.of",
              counted("count.voucher", made.vouchers()),
              counted("count.entry", made.entries()),
              debits);
      Terminal.say(
          made.exportId() == null
              ? text("app.export.draft", output, of)
              : text("app.export.done", made.exportId(), output, of));
    }
    made.waiting().forEach(Terminal::say);
    if (made.before() > 0) {
      Terminal.say(counted("app.export.before", made.before()));
    }
  }
}
