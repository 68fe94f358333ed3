package io.recredit.export;

import static io.recredit.wording.Messages.text;

import io.recredit.table.FilledInRow;
import io.recredit.table.FilledInTable;
import io.recredit.wording.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of a ledger, of a CSV file that an accountant keeps:
 *
 * <pre>
 * kind,country,currency,tax_rate,account
 * RETURN,*,*,*,3041
 * RETURN,DK,*,2500,3042
 * </pre>
 *
 * An asterisk is any; of the rows that fit, the one with more named fields counts, then the one
 * that names the country, then the currency, then the rate.
 */
final class LedgerAccounts {

  private static final FilledInTable TABLE =
      new FilledInTable(
          "accounts",
          List.of("kind", "country", "currency", "tax_rate", "account"),
          List.of("kind", "account"),
          List.of());

  private static final String ANY = "*";
  private static final String CURRENCY = "CURRENCY";
  private static final String WAITS = "-";

  /** What a row is of. */
  private record Fields(String kind, String country, String currency, String rate) {

    boolean fit(Fields asked) {
      return kind.equals(asked.kind)
          && (country.equals(ANY) || country.equals(asked.country))
          && (currency.equals(ANY) || currency.equals(asked.currency))
          && (rate.equals(asked.rate) || (rate.equals(ANY) && !asked.rate.equals(Rate.UNKNOWN)));
    }

    long named() {
      return List.of(country, currency, rate).stream().filter(field -> !field.equals(ANY)).count();
    }
  }

  private static final Comparator<Fields> THE_MORE_EXACT =
      Comparator.comparingLong(Fields::named)
          .thenComparing(fields -> !fields.country.equals(ANY))
          .thenComparing(fields -> !fields.currency.equals(ANY))
          .thenComparing(fields -> !fields.rate.equals(ANY));

  private final Map<Fields, String> accounts = new HashMap<>();

  private LedgerAccounts() {}

  /** {@link UserException} says all that is wrong with the file. */
  static LedgerAccounts read(Path file) {
    var contents = TABLE.read(file);
    var accounts = new LedgerAccounts();
    var wrong = new ArrayList<>(contents.problems());
    for (var row : contents.rows()) {
      accounts.add(row).ifPresent(problem -> wrong.add(row.place() + ": " + problem));
    }
    if (!wrong.isEmpty()) {
      throw new UserException(text("export.accounts.wrong", file, String.join("\n- ", wrong)));
    }
    return accounts;
  }

  /** What is wrong with the row; empty where it is taken. */
  private Optional<String> add(FilledInRow row) {
    var kind = row.text("kind").toUpperCase(Locale.ROOT);
    var fields =
        new Fields(
            kind,
            code(row.text("country")),
            code(row.text("currency")),
            anyWhereEmpty(row.text("tax_rate").toLowerCase(Locale.ROOT)));
    var problem = problem(fields, row.text("account"));
    if (problem == null && accounts.put(fields, row.text("account")) != null) {
      problem = text("export.accounts.twice");
    }
    return Optional.ofNullable(problem);
  }

  private static String code(String text) {
    return text.equalsIgnoreCase(Rate.UNKNOWN)
        ? Rate.UNKNOWN
        : anyWhereEmpty(text.toUpperCase(Locale.ROOT));
  }

  private static String anyWhereEmpty(String text) {
    return text.isEmpty() ? ANY : text;
  }

  private static @Nullable String problem(Fields of, String account) {
    var isCurrency = of.kind.equals(CURRENCY);
    var kind = isCurrency ? null : kind(of.kind);
    if (!isCurrency && kind == null) {
      return text("export.accounts.kind", of.kind);
    }
    if (account.isEmpty()) {
      return text("export.accounts.no-account");
    }
    if (!of.country.matches("[A-Z]{2}|unknown|\\*")) {
      return text("export.accounts.country", of.country);
    }
    if (isCurrency) {
      return of.currency.matches("unknown|\\*") && of.rate.equals(ANY)
          ? isCode(account) || account.equals(WAITS)
              ? null
              : text("export.accounts.currency", account)
          : text("export.accounts.currency-alone");
    }
    if (!of.currency.equals(ANY) && !isCode(of.currency)) {
      return text("export.accounts.currency", of.currency);
    }
    return isRate(of.rate, kind) ? null : text("export.accounts.rate", of.kind, of.rate);
  }

  private static boolean isCode(String currency) {
    return currency.matches("[A-Z]{3}");
  }

  private static boolean isRate(String rate, @Nullable Kind kind) {
    return rate.equals(ANY) || (kind != null && kind.hasRate && rate.matches("\\d{1,6}|unknown"));
  }

  private static @Nullable Kind kind(String word) {
    for (var kind : Kind.values()) {
      if (kind.name().equals(word)) {
        return kind;
      }
    }
    return null;
  }

  /** Empty where no row fits. */
  Optional<String> account(Kind kind, @Nullable String country, String currency, Rate rate) {
    return find(new Fields(kind.name(), country(country), currency, rate.word()));
  }

  /**
   * What an entry is in whose currency nobody knows; empty where no row says.
   *
   * @return "-" where such entries are to wait
   */
  Optional<String> currency(@Nullable String country) {
    return find(new Fields(CURRENCY, country(country), Rate.UNKNOWN, ""));
  }

  static boolean waits(String currency) {
    return currency.equals(WAITS);
  }

  private static String country(@Nullable String country) {
    return country == null ? Rate.UNKNOWN : country;
  }

  private Optional<String> find(Fields asked) {
    return accounts.keySet().stream()
        .filter(fields -> fields.fit(asked))
        .max(THE_MORE_EXACT)
        .map(fields -> String.valueOf(accounts.get(fields)));
  }
}
