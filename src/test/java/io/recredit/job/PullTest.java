package io.recredit.job;

import static io.recredit.job.FeedDocument.document;
import static io.recredit.job.FeedDocument.line;
import static io.recredit.pull.KlarnaServer.Answer.error;
import static io.recredit.pull.KlarnaServer.Answer.none;
import static io.recredit.pull.KlarnaServer.Answer.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recredit.pull.KlarnaAccount;
import io.recredit.pull.KlarnaServer;
import io.recredit.pull.KlarnaServer.Answer;
import io.recredit.pull.OrderIds;
import io.recredit.pull.Pull;
import io.recredit.pull.PullRequest;
import io.recredit.pull.Pulled;
import io.recredit.pull.Pulled.NotHad;
import io.recredit.wording.ExitCode;
import io.recredit.wording.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** From Klarna's API to what people read, with a made-up Klarna. */
class PullTest extends JobTest {

  private static final String YESTERDAY = DAY_AFTER;

  private static final int ALL_TRIES = 6;

  /** The client has its own ways with connections that are gone. */
  private static final int MORE_THAN_ALL_TRIES = 100;

  @Autowired private Pull pull;

  private KlarnaServer klarna;

  @BeforeEach
  void open() throws IOException {
    klarna = KlarnaServer.start(0);
  }

  @AfterEach
  void close() {
    klarna.close();
  }

  @Test
  void ordersAreFetchedIntoYesterdaysFileAndReadFromThere() {
    klarna.order(sound("o1"));
    klarna.order(sound("o2"));

    var pulled = pullOrders("o1", "o2", "o1");
    assertThat(pulled.documents()).isEqualTo(2);
    assertThat(pulled.isWhole()).isTrue();
    assertThat(lines(orders(YESTERDAY)))
        .hasSize(2)
        .allMatch(line -> line.endsWith(",\"read_at\":\"2026-11-23T03:00:00Z\"}"));

    nightly(YESTERDAY);
    assertThat(files())
        .containsExactly(
            "orders-2026-11-22.ndjson: 2 lines, 2 accepted, 0 repeated, 0 rejected, 0 withdrawn");
    assertThat(credits())
        .containsExactly("r-o1 to c-o1: 500 by REFERENCE", "r-o2 to c-o2: 500 by REFERENCE");
    assertThat(texts("select order_id from recredit.order_to_pull")).isEmpty();
    assertThat(texts("select format('%s %s %s', file_date, documents, calls) from recredit.pull"))
        .containsExactly("2026-11-22 2 2");
  }

  @Test
  void whatIsInTheDaysFileStays() throws IOException {
    klarna.order(sound("o1"));
    Files.writeString(orders(YESTERDAY), sound("o0"), UTF_8); // a last line without its end
    pullOrders("o1");
    assertThat(lines(orders(YESTERDAY))).hasSize(2).contains(sound("o0"));

    klarna.order(sound("o2"));
    clock.set("2026-11-23T04:00:00Z");
    pullOrders("o1", "o2");
    nightly(YESTERDAY);
    assertThat(files())
        .containsExactly(
            "orders-2026-11-22.ndjson: 4 lines, 4 accepted, 0 repeated, 0 rejected, 0 withdrawn");
  }

  @Test
  void aPackedFileStaysPacked() throws IOException {
    var packed = feed.folder().resolve("orders-" + YESTERDAY + ".ndjson.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write((sound("o0") + "\n").getBytes(UTF_8));
    }
    klarna.order(sound("o1"));
    pullOrders("o1");

    assertThat(orders(YESTERDAY)).doesNotExist();
    try (var in = new GZIPInputStream(Files.newInputStream(packed))) {
      assertThat(new String(in.readAllBytes(), UTF_8).lines()).hasSize(2).contains(sound("o0"));
    }
    nightly(YESTERDAY);
    assertThat(credits()).hasSize(2);
  }

  @Test
  void aFileThatIsCutOffIsNotMadeToLookWhole() throws IOException {
    Files.writeString(orders(YESTERDAY), sound("o0").substring(0, 50), UTF_8);
    klarna.order(sound("o1"));

    assertThatThrownBy(() -> pullOrders("o1"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is cut off");
    assertThat(Files.readString(orders(YESTERDAY))).isEqualTo(sound("o0").substring(0, 50));

    Files.writeString(orders(YESTERDAY), sound("o0"), UTF_8);
    pullOrders();
    assertThat(lines(orders(YESTERDAY))).hasSize(2);
    assertThat(klarna.calls()).hasSize(1);
  }

  @Test
  void whatAnInterruptedPullHadIsNotAskedForAgainTheSameDay() throws IOException {
    atKlarna("o1", "o2");
    pullOrders("o1");
    var had = Files.readString(orders(YESTERDAY));
    Files.delete(orders(YESTERDAY));
    sql("insert into order_to_pull (order_id) values ('o1'), ('o2')");
    gathered("\0\0\n" + had + "{\"order_id\":\"o2\",\"cut");

    assertThat(pullOrders().documents()).isEqualTo(2);
    assertThat(klarna.calls()).hasSize(2);
    assertThat(lines(orders(YESTERDAY))).hasSize(2).startsWith(had.strip());
    assertThat(names(feed.folder())).doesNotContain(".pull-orders.ndjson");
  }

  @Test
  void whatWasHadLongerAgoIsKeptAndAskedForAgain() throws IOException {
    atKlarna("o1");
    sql("insert into order_to_pull (order_id) values ('o1')");
    gathered("{\"order_id\":\"o1\",\"read_at\":\"2026-11-22T03:00:01Z\"}\n");

    pullOrders();
    assertThat(klarna.calls()).hasSize(1);
    assertThat(lines(orders(YESTERDAY))).hasSize(2);
  }

  @Test
  void aFolderThatCannotBeWrittenToIsSaid() throws IOException {
    Files.createDirectory(feed.folder().resolve(".pull-orders.ndjson"));
    assertThat(refused(this::pullOrders)).hasMessageContaining("cannot be written: ");
  }

  @Test
  void aDayThatIsTherePlainAndPackedIsNotAddedTo() throws IOException {
    atKlarna("o1");
    Files.createFile(orders(YESTERDAY));
    Files.createFile(feed.folder().resolve("orders-" + YESTERDAY + ".ndjson.gz"));
    assertThat(refused(() -> pullOrders("o1"))).hasMessageContaining("orders-2026-11-22.ndjson.gz");
    assertThat(orders(YESTERDAY)).isEmptyFile();

    Files.delete(feed.folder().resolve("orders-" + YESTERDAY + ".ndjson.gz"));
    pullOrders();
    assertThat(lines(orders(YESTERDAY))).hasSize(1);
  }

  @Test
  void twoPullsAtOnceWouldDisturbEachOther() throws IOException {
    try (var other =
            FileChannel.open(
                feed.folder().resolve(".pull.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var lock = other.lock()) {
      assertThat(lock.isValid()).isTrue();
      var busy = refused(this::pullOrders);
      assertThat(busy.exitCode()).isEqualTo(ExitCode.BUSY);
      assertThat(busy).hasMessageContaining("Another pull is at work");
    }
    assertThat(pullOrders().isWhole()).isTrue();
  }

  @Test
  void anOrderThatCannotBeHadIsNamedAndAskedForAgainUntilItIsForgotten() {
    atKlarna("o1");
    var pulled = pullOrders("o1", "o9");
    assertThat(pulled.documents()).isEqualTo(1);
    assertThat(pulled.notHad())
        .containsExactly(
            new NotHad(
                "Order o9",
                "HTTP 404, NO_SUCH_ORDER, The order does not exist, correlation_id c-404"));
    assertThat(pulled.hadSomething()).isTrue();
    assertThat(texts("select order_id || ': ' || failure from recredit.order_to_pull"))
        .containsExactly(
            "o9: HTTP 404, NO_SUCH_ORDER, The order does not exist, correlation_id c-404");

    klarna.order(sound("o9"));
    assertThat(pullOrders().documents()).isEqualTo(1);
    assertThat(texts("select order_id from recredit.order_to_pull")).isEmpty();

    assertThat(pullOrders("o8").hadSomething()).isFalse();
    var nightly = pullByDefault(); // the list of payouts is had, though it is empty
    assertThat(nightly.hadSomething()).isTrue();
    assertThat(nightly.isWhole()).isFalse();
    assertThat(pull.forget("o8")).isTrue();
    assertThat(pull.forget("o8")).isFalse();
    assertThat(texts("select order_id from recredit.order_to_pull where forgotten_at is not null"))
        .containsExactly("o8");
    assertThat(pullOrders().isWhole()).isTrue();
  }

  @Test
  void whereNothingIsAnsweredNoFileIsMade() {
    klarna.changePassword("another");
    var pulled = pullOrders("o1", "o2");

    assertThat(pulled.hadSomething()).isFalse();
    assertThat(pulled.notHad()).allMatch(notHad -> notHad.why().startsWith("HTTP 401: "));
    assertThat(orders(YESTERDAY)).doesNotExist();
    assertThat(texts("select order_id from recredit.order_to_pull")).hasSize(2);
    assertThat(number("select count(*) from recredit.pull where file_date is null")).isOne();
  }

  @Test
  void whereKlarnaAnswersNoMoreTheRestIsLeftToTheNextPull() {
    var ids = IntStream.range(0, 100).mapToObj(n -> "o" + (100 + n)).toList();
    ids.forEach(id -> klarna.order(sound(id)));
    ids.stream().skip(30).forEach(id -> klarna.next(id, times(MORE_THAN_ALL_TRIES, none())));

    var pulled = pullOrders(ids.toArray(String[]::new));
    assertThat(pulled.documents()).isEqualTo(30);
    assertThat(pulled.notHad()).hasSizeBetween(10, 20);
    assertThat(pulled.notAsked()).isEqualTo(70 - pulled.notHad().size());
    assertThat(lines(orders(YESTERDAY))).hasSize(30);

    ids.forEach(id -> klarna.next(id));
    assertThat(pullOrders().documents()).isEqualTo(70);
    assertThat(lines(orders(YESTERDAY))).hasSize(100);
  }

  @Test
  void reportsOfPayoutsAndTheOrdersInThemAreFetchedOnce() throws IOException {
    atKlarna("o1", "o2", "o3");
    klarna.payout(
        "P1",
        "2026-11-20",
        """
        payment_reference;total_sale_amount;currency
        P1;20,00;SEK

        type;amount;order_id;capture_id
        SALE;10,00;o1;c1
        SALE;10,00;"o2";c2
        FEE;-1,00;;
        """);
    klarna.payout("P2", "2026-11-10", "type,amount,order_id\nSALE,1.00,o3\n");

    var pulled = pullPayouts("2026-11-15");
    assertThat(pulled.reports()).isEqualTo(1);
    assertThat(pulled.documents()).isEqualTo(2);
    assertThat(names(feed.folder().resolve("payouts")))
        .containsExactly("P1.20261120T000000+0000.csv");

    var calls = klarna.calls().size();
    assertThat(pullPayouts("2026-11-15").documents()).isEqualTo(2);
    assertThat(klarna.calls()).hasSize(calls + 3); // the list, and both orders
    assertThat(pullByDefault().documents()).isZero();
    assertThat(klarna.calls()).hasSize(calls + 4);

    clock.set("2026-11-24T03:00:00Z");
    klarna.payout("P3", "2026-11-23", "type\tamount\torder_id\nSALE\t1\to3\n");
    assertThat(pullByDefault().documents()).isEqualTo(1);
    assertThat(klarna.calls()).last().asString().contains("o3");
  }

  @Test
  void aReportThatCannotBeHadIsAskedForAgainWhateverCameLater() throws IOException {
    atKlarna("o1");
    klarna.payout("P1", "2026-10-01", "type,amount,order_id\nSALE,1.00,o1\n");
    klarna.nextReport(error(403, "NOT_YET", "Not yet"));
    assertThat(pullPayouts("2026-09-01").notHad())
        .containsExactly(
            new NotHad(
                "The report of payout P1", "HTTP 403, NOT_YET, Not yet, correlation_id c-403"));
    assertThat(texts("select payment_reference || ': ' || failure from recredit.payout_to_pull"))
        .containsExactly("P1: HTTP 403, NOT_YET, Not yet, correlation_id c-403");

    clock.set("2026-12-24T03:00:00Z");
    klarna.nextReport(times(ALL_TRIES, text(200, "<html>We are sorry</html>")));
    assertThat(pullByDefault().notHad())
        .extracting(NotHad::why)
        .containsExactly("the answer is no settlement report");
    assertThat(names(feed.folder().resolve("payouts"))).isEmpty();

    assertThat(pullByDefault().documents()).isEqualTo(1);
    assertThat(texts("select payment_reference from recredit.payout_to_pull")).isEmpty();
  }

  @Test
  void aListThatCannotBeHadIsAskedForAgainFromWhereItBegan() {
    klarna.nextList(error(403, "NO", "No"));
    assertThat(pullByDefault().notHad())
        .extracting(NotHad::what)
        .containsExactly("The list of payouts since 2026-11-22");

    clock.set("2026-12-24T03:00:00Z");
    klarna.payout("P1", "2026-11-22", "type,amount,order_id\n");
    assertThat(pullByDefault().reports()).isEqualTo(1);
    assertThat(pullByDefault().payoutsFrom()).isEqualTo(LocalDate.parse("2026-12-17"));
  }

  @Test
  void ordersThatFailDoNotKeepOthersFromBeingAskedFor() {
    var bad = IntStream.range(0, 30).mapToObj(n -> "a" + (100 + n)).toList();
    bad.forEach(id -> klarna.next(id, times(MORE_THAN_ALL_TRIES, text(500, ""))));
    atKlarna("o1");
    var all = new ArrayList<>(bad);
    all.add("o1");
    assertThat(pullOrders(all.toArray(String[]::new)).documents()).isZero();
    for (var night = 0; night < 3; night++) { // each gives up after at least ten of the bad ones
      pullOrders();
    }
    assertThat(number("select sum(documents)::bigint from recredit.pull")).isOne();
  }

  @Test
  void noReportIsWrittenElsewhereWhateverItIsCalled() throws IOException {
    klarna.payout("../../up", "2026-11-22", "type,amount\n");
    assertThat(pullByDefault().notHad())
        .extracting(NotHad::why)
        .containsExactly("its payment_reference cannot be the name of a file");
    assertThat(names(feed.folder().resolve("payouts"))).isEmpty();
  }

  @Test
  void ofAReportThatSomebodyElseBroughtOnlyTheOrdersAreAskedFor() throws IOException {
    atKlarna("o1", "o3");
    klarna.payout("P1", "2026-11-22", "");
    klarna.payout("P2", "2026-11-22", "type,amount,order_id\n");
    var folder = Files.createDirectory(feed.folder().resolve("payouts"));
    Files.writeString(folder.resolve("P2.20261122T040000+0000.pdf"), "%PDF");
    try (var out =
        new GZIPOutputStream(
            Files.newOutputStream(folder.resolve("P1.20261122T040000+0000.csv.gz")))) {
      out.write("type,amount,Order_ID\nSALE,1,o1\n".getBytes(UTF_8));
    }
    Files.writeString(
        folder.resolve("P3.json"), "{\"transactions\":[{\"order_id\":\"o3\",\"amount\":1}]}");
    klarna.payout("P3", "2026-11-22", "");
    assertThat(pullByDefault().documents()).isEqualTo(2);
    assertThat(pullByDefault().documents()).isZero();
    assertThat(pullPayouts("2026-11-22").documents()).isEqualTo(2);
    assertThat(klarna.calls())
        .filteredOn(call -> call.contains("reports"))
        .singleElement()
        .asString()
        .contains("P2");
  }

  @Test
  void aDaySinceTheLastPullWithoutAFileGetsAnEmptyOne() {
    clock.set("2026-11-20T03:00:00Z");
    assertThat(pullOrders().emptied()).isEmpty();
    assertThat(orders("2026-11-19")).isEmptyFile();

    feed.captures(DAY);
    clock.set("2026-11-23T03:00:00Z");
    assertThat(pullOrders().emptied()).containsExactly(LocalDate.parse(NEXT_DAY));
    assertThat(orders(DAY)).doesNotExist();
    assertThat(orders(NEXT_DAY)).isEmptyFile();
    assertThat(orders(YESTERDAY)).isEmptyFile();
    assertThat(pullOrders().emptied()).isEmpty();
  }

  @Test
  void aPullOverMidnightGoesIntoTheFileOfTheDayThatEnded() {
    clock.set("2026-11-22T23:59:59Z");
    atKlarna("o1");
    klarna.next(
        "o1",
        call -> {
          clock.set("2026-11-23T00:00:01Z");
          text(503, "").to(call);
        });
    assertThat(pullOrders("o1").day()).isEqualTo(YESTERDAY);
    assertThat(lines(orders(YESTERDAY))).hasSize(1);
  }

  @Test
  void aDayWithFilesOfTheShopsOwnGetsNoEmptyOne() {
    feed.captures(YESTERDAY);
    pullOrders();
    assertThat(orders(YESTERDAY)).doesNotExist();
  }

  /** The whole way: it lands where the rules cannot say, Klarna moves it, the morning tells. */
  @Test
  void openExceptionsAreAskedForAgainSoAMoveIsSeen() {
    klarna.order(inTwoParts(500L, 0L));
    pullOrders("o1");
    nightly(YESTERDAY);
    assertThat(exceptions()).containsExactly("r1: REFERENCE_NOT_CAPTURED");
    assertThat(place()).containsExactly("A 500");

    klarna.order(inTwoParts(0L, 500L));
    clock.set("2026-11-24T03:00:00Z");
    var pulled = pullByDefault();
    assertThat(pulled.documents()).isEqualTo(1);
    nightly("2026-11-23");
    assertThat(place()).containsExactly("B 500");
    assertThat(texts("select explanation from recredit.refund_evidence where refund_id = 'r1'"))
        .singleElement()
        .asString()
        .contains("B");
  }

  private List<String> place() {
    return texts(
        "select capture_id || ' ' || amount from recredit.refund_place where refund_id = 'r1'");
  }

  /** A refund whose reference no capture has, shown on either capture. */
  private static String inTwoParts(long onFirst, long onSecond) {
    return document("o1")
        .with("captured_amount", 20_000)
        .with("refunded_amount", 500)
        .capture("A", 10_000, onFirst, List.of(line("SHOE", 10_000)))
        .capture("B", 10_000, onSecond, List.of(line("HAT", 10_000)))
        .refund("r1", 500, "2026-11-20T12:00:00Z", List.of(line("GLOVE", 500)))
        .json();
  }

  @Test
  void aFileOfIdsIsTakenAsExportsWriteIt() throws IOException {
    var file = feed.folder().resolve("ids.txt");
    Files.writeString(file, "\uFEFFo1\r\n\r\n o2 \n", UTF_8);
    assertThat(OrderIds.in(file)).containsExactly("o1", "o2");

    Files.writeString(file, "o1\no2,2026-11-20\n", UTF_8);
    assertThatThrownBy(() -> OrderIds.in(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("line 2, is no order id: 'o2,2026-11-20'");
    assertThatThrownBy(() -> OrderIds.in(feed.folder().resolve("none.txt")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("could not be read: it is not there");
    Files.write(file, new byte[] {'o', (byte) 0xFF});
    assertThatThrownBy(() -> OrderIds.in(file)).hasMessageContaining("is no text in UTF-8");
  }

  private void atKlarna(String... ids) {
    Stream.of(ids).map(PullTest::sound).forEach(klarna::order);
  }

  private static String sound(String id) {
    return document(id)
        .with("captured_amount", 10_000)
        .with("refunded_amount", 500)
        .capture("c-" + id, 10_000, 500L, List.of(line("SHOE", 10_000)))
        .refund("r-" + id, 500, "2026-11-20T12:00:00Z", List.of(line("SHOE", 500)))
        .json();
  }

  private static Answer[] times(int n, Answer answer) {
    return Collections.nCopies(n, answer).toArray(Answer[]::new);
  }

  private Pulled pullOrders(String... ids) {
    return pull(new PullRequest(List.of(ids), null, false, false, feed.folder()));
  }

  private Pulled pullPayouts(String from) {
    var day = LocalDate.parse(from);
    return pull(new PullRequest(List.of(), day, false, false, feed.folder()));
  }

  private Pulled pullByDefault() {
    return pull(new PullRequest(List.of(), null, true, true, feed.folder()));
  }

  private Pulled pull(PullRequest request) {
    return pull.pull(
        request, new KlarnaAccount(klarna.url(), KlarnaServer.USERNAME, KlarnaServer.PASSWORD));
  }

  private void gathered(String lines) throws IOException {
    Files.writeString(feed.folder().resolve(".pull-orders.ndjson"), lines, UTF_8);
  }

  private Path orders(String day) {
    return feed.folder().resolve("orders-" + day + ".ndjson");
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
