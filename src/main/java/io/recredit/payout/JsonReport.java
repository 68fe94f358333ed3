package io.recredit.payout;

import static io.recredit.wording.Messages.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.recredit.feed.RawText;
import io.recredit.payout.Rows.Pagination;
import java.io.InputStream;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * A report as Klarna's API answers it: a page of transactions or of payouts, a payout, or a list of
 * such.
 *
 * <pre>
 * {"transactions": [{"type": "SALE", "amount": 18940, "currency_code": "SEK", ...}, ...],
 *  "pagination": {"count": 500, "total": 731, "offset": 0}}
 * </pre>
 */
final class JsonReport {

  /** A value is bounded as a row of CSV is. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(CsvRows.MAX_ROW_BYTES)
                  .maxNumberLength(CsvRows.MAX_ROW_BYTES)
                  .build())
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE) // its digest is still to be asked for
          .build();

  private final JsonParser json;
  private final Rows rows;
  private final List<Pagination> pages;
  private int page;
  private long transactions;
  private boolean isReport;

  private JsonReport(JsonParser json, Rows rows, List<Pagination> pages) {
    this.json = json;
    this.rows = rows;
    this.pages = pages;
  }

  /**
   * Reads all of it.
   *
   * @param pages what its pages say of themselves, which may stand behind their rows; empty where
   *     that is not known yet, and the numbers of rows do not matter
   * @return whether anything of a report is in it
   * @throws tools.jackson.core.JacksonException where it is no sound JSON
   */
  static boolean read(InputStream in, Rows rows, List<Pagination> pages) {
    try (var json = JSON.createParser(ObjectReadContext.empty(), in)) {
      var report = new JsonReport(json, rows, pages);
      report.read();
      return report.isReport;
    }
  }

  private void read() {
    if (json.nextToken() == JsonToken.START_ARRAY) {
      for (var place = 1L; json.nextToken() != JsonToken.END_ARRAY; place++) {
        if (json.currentToken() == JsonToken.START_OBJECT) {
          document(place);
        } else {
          noObject(place, true);
        }
      }
    } else {
      document(1);
    }
    if (json.nextToken() != null) {
      isReport = false; // of two reports in one file neither is whole
    }
  }

  private void document(long place) {
    var said = new JsonSaid(place, page);
    var pagination = Pagination.NONE;
    var before = transactions;
    var lists = 0;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = json.currentName();
      var token = json.nextToken();
      if (token == JsonToken.START_ARRAY && name.equals("transactions")) {
        lists++;
        transactions();
      } else if (token == JsonToken.START_ARRAY && name.equals("payouts")) {
        lists++;
        payouts();
      } else if (token == JsonToken.START_OBJECT && name.equals("pagination")) {
        pagination = pagination();
      } else {
        said.put(name, json);
      }
    }
    if (said.hasTotals()) {
      rows.summary(said);
    } else if (lists == 0) {
      rows.unreadable(new RejectedRow(place, text("payout.row.no-document"), said.raw()), true);
    }
    isReport |= said.hasTotals() || lists > 0;
    rows.page(page++, pagination.of(transactions - before));
  }

  private void transactions() {
    var before = offset(transactions);
    for (var place = 1L; json.nextToken() != JsonToken.END_ARRAY; place++) {
      transactions++;
      if (json.currentToken() == JsonToken.START_OBJECT) {
        rows.transaction(new JsonSaid(before + place, page).readFrom(json));
      } else {
        noObject(before + place, false);
      }
    }
  }

  private void payouts() {
    var before = offset(0);
    for (var place = 1L; json.nextToken() != JsonToken.END_ARRAY; place++) {
      if (json.currentToken() == JsonToken.START_OBJECT) {
        rows.summary(new JsonSaid(before + place, page).readFrom(json));
      } else {
        noObject(before + place, true);
      }
    }
  }

  private long offset(long otherwise) {
    return page < pages.size() && pages.get(page).isSaid() ? pages.get(page).offset() : otherwise;
  }

  private void noObject(long row, boolean inSummary) {
    var value = JsonSaid.read(json);
    var raw = value == null ? "null" : RawText.of(value.text().getBytes(UTF_8));
    rows.unreadable(new RejectedRow(row, text("payout.row.no-object"), raw), inSummary);
  }

  private Pagination pagination() {
    long[] numbers = {-1, -1, 0};
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      var place = List.of("count", "total", "offset").indexOf(json.currentName());
      if (json.nextToken() == JsonToken.VALUE_NUMBER_INT && place >= 0) {
        numbers[place] = number();
      }
      json.skipChildren();
    }
    return new Pagination(true, numbers[2], numbers[0], numbers[1]);
  }

  /** No list is so long that another would count. */
  private long number() {
    return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? 0
        : Math.max(0, json.getLongValue());
  }
}
