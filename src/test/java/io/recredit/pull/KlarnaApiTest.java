package io.recredit.pull;

import static io.recredit.pull.KlarnaServer.Answer.cutShort;
import static io.recredit.pull.KlarnaServer.Answer.error;
import static io.recredit.pull.KlarnaServer.Answer.none;
import static io.recredit.pull.KlarnaServer.Answer.redirect;
import static io.recredit.pull.KlarnaServer.Answer.retryAfter;
import static io.recredit.pull.KlarnaServer.Answer.slow;
import static io.recredit.pull.KlarnaServer.Answer.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.recredit.pull.KlarnaApi.Payout;
import io.recredit.pull.KlarnaServer.Answer;
import io.recredit.wording.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How the API is asked, and what is made of what it answers, on a server that goes wrong. */
class KlarnaApiTest {

  private static final String DOCUMENT =
      "{\"order_id\":\"o1\",\"purchase_country\":\"se\",\"purchase_currency\":\"SEK\",\"captures\":[]}";
  private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final int ALL_TRIES = 6;

  private KlarnaServer klarna;

  @BeforeEach
  void open() throws IOException {
    klarna = KlarnaServer.start(0);
    klarna.order(DOCUMENT);
  }

  @AfterEach
  void close() {
    klarna.close();
  }

  @Test
  void whatIsAboutAPersonIsLeftOutOfALine() {
    klarna.order(
        """
        {"order_id": "o2", "status": "CAPTURED", "read_at": "2020-01-01T00:00:00Z",
         "billing_address": {"given_name": "Ann", "email": "ann@example.test"},
         "order_lines": [{"name": "A secret gift", "total_amount": 1}],
         "captures": [{"capture_id": "c1", "captured_amount": 1.0, "captured_at": "2026-11-20T08:00:00Z",
           "shipping_address": {"given_name": "Ann"}, "reference": {"odd": "Ann"},
           "order_lines": [{"reference": "A", "name": "Mug \\u00e5", "total_amount": 100, "merchant_data": "Ann"}]}],
         "refunds": [["Ann"]], "merchant_data": "Ann"}
        """);

    assertThat(line("o2"))
        .isEqualTo(
            """
            {"order_id":"o2","read_at":"2020-01-01T00:00:00Z","captures":[{"capture_id":"c1","captured_amount":1.0,\
            "captured_at":"2026-11-20T08:00:00Z","reference":{},"order_lines":[{"reference":"A","name":"Mug \\u00e5",\
            "total_amount":100}]}],"refunds":[[]],"read_at":"2026-11-23T03:00:00Z"}
            """);
  }

  @Test
  void aDocumentMayHaveMegabytes() {
    var line = "{\"reference\":\"A\",\"name\":\"" + "x".repeat(5_000) + "\",\"total_amount\":1}";
    var lines = String.join(",", Collections.nCopies(1_000, line));
    klarna.order(
        "{\"order_id\":\"o2\",\"captures\":[{\"capture_id\":\"c1\",\"order_lines\":["
            + lines
            + "]}]}");
    var patient =
        api(new Manners(1_000, Duration.ZERO, Duration.ofMillis(1), Duration.ofMinutes(1)));
    assertThat(new String(patient.document("o2").withEnd(), UTF_8))
        .hasSizeGreaterThan(5_000_000)
        .contains(lines);

    klarna.order(
        "{\"order_id\":\"o4\",\"captures\":[{\"description\":\"\",\"order_lines\":["
            + String.join(",", Collections.nCopies(1_900, line))
            + "]}]}");
    assertThat(refused("o4", patient)).isEqualTo("the answer is longer than 8,388,608 bytes");
    klarna.order("{\"order_id\":\"o3\",\"merchant_data\":\"" + "x".repeat(17_000_000) + "\"}");
    assertThat(refused("o3", patient)).isEqualTo("the answer is longer than 16,777,216 bytes");
  }

  static Stream<Arguments> whatMayPass() {
    return Stream.of(
        Arguments.of("too many", text(429, "")),
        Arguments.of("too many, for a while", retryAfter(429, "0")),
        Arguments.of("out of order", text(500, "<html>")),
        Arguments.of("a proxy's", text(502, "")),
        Arguments.of("closed", retryAfter(503, "Wed, 21 Oct 2015 07:28:00 GMT")),
        Arguments.of("no answer", none()),
        Arguments.of("half an answer", cutShort(DOCUMENT)),
        Arguments.of("half an answer, and no more", slow(DOCUMENT, 2_000)),
        Arguments.of("a page", text(200, "<html>We are sorry</html>")),
        Arguments.of("half a document", text(200, DOCUMENT.substring(0, 40))),
        Arguments.of("nothing", text(200, "")),
        Arguments.of("another order's", text(200, DOCUMENT.replace("o1", "o2"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void whatMayPass(String what, Answer answer) {
    klarna.next("o1", answer, answer);

    assertThat(line("o1")).startsWith(DOCUMENT.substring(0, DOCUMENT.length() - 1));
    assertThat(klarna.calls()).as(what).hasSize(3);
  }

  static Stream<Arguments> whatStays() {
    return Stream.of(
        Arguments.of(
            error(403, "NOT_ALLOWED", "Not yours"),
            "HTTP 403, NOT_ALLOWED, Not yours, correlation_id c-403"),
        Arguments.of(
            error(404, "NO_SUCH_ORDER", "None"),
            "HTTP 404, NO_SUCH_ORDER, None, correlation_id c-404"),
        Arguments.of(
            text(400, "{\"error_code\":\"BAD\",\"error_message\":\"No\",\"correlation_id\":\"x\"}"),
            "HTTP 400, BAD, No, correlation_id x"),
        Arguments.of(
            text(400, "{\"error_message\":[\"No\",\"and no\"],\"more\":{}}"),
            "HTTP 400, No; and no"),
        Arguments.of(text(410, "<html>Gone</html>"), "HTTP 410"),
        Arguments.of(redirect("http://localhost:1/elsewhere"), "HTTP 302"),
        Arguments.of(
            text(401, "{\"error_code\":\"UNAUTHORIZED\"}"),
            "HTTP 401: Klarna does not take these credentials; look at RECREDIT_KLARNA_USERNAME and RECREDIT_KLARNA_PASSWORD"),
        Arguments.of(
            error(
                400,
                "ECHO",
                "I got made-up-password and \\u001b[31m SzEyMzQ1Nl9yZWNyZWRpdDptYWRlLXVwLXBhc3N3b3Jk"),
            "HTTP 400, ECHO, I got *** and \\u001B[31m ***, correlation_id c-400"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void whatStays(Answer answer, String sentence) {
    klarna.next("o1", answer);

    assertThat(refused("o1")).isEqualTo(sentence);
    assertThat(klarna.calls()).hasSize(1);
  }

  @Test
  void whatDoesNotPassIsGivenUpAfterSomeTries() {
    klarna.next("o1", Collections.nCopies(ALL_TRIES + 1, text(503, "")).toArray(Answer[]::new));

    assertThat(refused("o1")).isEqualTo("HTTP 503");
    assertThat(klarna.calls()).hasSize(ALL_TRIES);
  }

  @Test
  void whatTakesTooLongOrCannotBeReachedIsSaidInPlainWords() {
    klarna.next("o1", Collections.nCopies(ALL_TRIES, slow(DOCUMENT, 1_500)).toArray(Answer[]::new));
    assertThat(refused("o1")).isEqualTo("no whole answer (it took too long)");

    klarna.close();
    assertThat(refused("o1")).isEqualTo("no whole answer (no connection)");
    assertThat(refused("o1", of("https://no-such-host.invalid")))
        .isEqualTo("no whole answer (there is no such host)");
  }

  private static KlarnaApi of(String url) {
    var account = new KlarnaAccount(URI.create(url), KlarnaServer.USERNAME, KlarnaServer.PASSWORD);
    return new KlarnaApi(account, manners(1_000, Duration.ZERO), CLOCK);
  }

  @Test
  void itWaitsAsItIsAskedTo() {
    klarna.next("o1", retryAfter(429, "1"));
    var api = api(manners(1_000, Duration.ofMinutes(1)));
    var begun = System.nanoTime();
    api.document("o1");
    assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.SECONDS.toNanos(1));

    var inASecond =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(NOW.plusSeconds(1).atOffset(ZoneOffset.UTC));
    klarna.next("o1", retryAfter(503, inASecond));
    begun = System.nanoTime();
    api.document("o1");
    assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.SECONDS.toNanos(1));
  }

  /** The test would not end within the hour. */
  @Test
  void itWaitsNoLongerThanTheSettingAllows() {
    klarna.next("o1", retryAfter(429, "3600"), retryAfter(429, "99999999999999999999"));
    assertThat(line("o1")).isNotEmpty();
  }

  @Test
  void itKeepsToItsRate() {
    klarna.allowPerSecond(55);
    var api = api(manners(50, Duration.ofSeconds(5)));

    IntStream.range(0, 120).parallel().forEach(n -> api.document("o1"));
    // One too many would have been asked for again.
    assertThat(klarna.calls()).hasSize(120);
    assertThat(api.calls()).isEqualTo(120);
  }

  @Test
  void anOddIdIsAskedForAsItIs() {
    klarna.order("{\"order_id\":\"å/b?c=d e%20{f}\"}");
    assertThat(line("å/b?c=d e%20{f}")).contains("å/b?c=d e%20{f}");
  }

  @Test
  void payoutsComeInPages() {
    for (var n = 1; n <= 5; n++) {
      klarna.payout("P" + n, "2026-11-2" + n, "type,amount,order_id\nSALE,1,o" + n + "\n");
    }
    klarna.pageSize(2);
    assertThat(api().payouts(LocalDate.parse("2026-11-22")))
        .containsExactly(payout(2), payout(3), payout(4), payout(5));
    assertThat(klarna.calls())
        .containsExactly(
            "/settlements/v1/payouts?start_date=2026-11-22T00%3A00%3A00Z&size=500&offset=0",
            "/settlements/v1/payouts?start_date=2026-11-22T00%3A00%3A00Z&size=500&offset=2");

    klarna.nextList(
        text(
            200,
            "{\"payouts\":[{\"payment_reference\":\"A\"}],\"pagination\":{\"next\":\"/more\"}}"),
        text(
            200,
            "{\"payouts\":[{\"payment_reference\":\"B\",\"payout_date\":\"soon\"}],\"pagination\":{}}"));
    assertThat(api().payouts(LocalDate.parse("2026-11-22")))
        .containsExactly(new Payout("A", null), new Payout("B", null));

    klarna.nextList(
        text(200, "{\"payouts\":[],\"pagination\":{\"total\":7}}"),
        text(200, "{\"status\":\"maintenance\"}"),
        text(200, "{\"payouts\":[],\"pagination\":{\"count\":0,\"total\":0}}"));
    assertThat(api().payouts(LocalDate.parse("2026-11-22"))).isEmpty();
  }

  private static Payout payout(int n) {
    return new Payout("P" + n, LocalDate.parse("2026-11-2" + n));
  }

  @Test
  void aReportThatIsCutShortIsTakenFromItsBeginning() {
    klarna.payout("P1", "2026-11-21", "type,amount\nSALE,1\n");
    klarna.nextReport(cutShort("type,amount\nSALE,1\n"));
    var taken = new StringBuilder();
    api()
        .report(
            "P1",
            (body, sent) -> {
              taken.setLength(0);
              return (long) taken.append(all(body)).length();
            });
    assertThat(taken).hasToString("type,amount\nSALE,1\n");
  }

  private static String all(InputStream body) throws IOException {
    return new String(body.readAllBytes(), UTF_8);
  }

  @Test
  void aHostThatCannotShowWhoItIsGetsNoPassword(@TempDir Path folder) throws Exception {
    try (var impostor = KlarnaServer.start(ownCertificate(folder))) {
      impostor.order(DOCUMENT);
      var account = new KlarnaAccount(impostor.url(), KlarnaServer.USERNAME, KlarnaServer.PASSWORD);
      var api = new KlarnaApi(account, manners(1_000, Duration.ZERO), CLOCK);

      assertThat(catchThrowableOfType(NotHadException.class, () -> api.document("o1")))
          .hasMessageContaining("unable to find valid certification path");
      assertThat(impostor.calls()).isEmpty();
    }
  }

  private static SSLContext ownCertificate(Path folder) throws Exception {
    var file = folder.resolve("own.p12");
    var keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "own",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor()).isZero();
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      keys.load(in, "changeit".toCharArray());
    }
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, "changeit".toCharArray());
    var tls = SSLContext.getInstance("TLS");
    tls.init(factory.getKeyManagers(), null, null);
    return tls;
  }

  @Test
  void theAccountComesFromTheEnvironmentAndTellsNobodyItsPassword() {
    var given =
        Map.of(
            KlarnaAccount.URL, " https://api.klarna.com/ ",
            KlarnaAccount.USERNAME, "K1",
            KlarnaAccount.PASSWORD, "secret");
    assertThat(KlarnaAccount.given(given))
        .isEqualTo(new KlarnaAccount(URI.create("https://api.klarna.com"), "K1", "secret"))
        .hasToString("https://api.klarna.com");

    assertThat(complaint(Map.of(KlarnaAccount.USERNAME, "K1")))
        .startsWith("RECREDIT_KLARNA_URL, RECREDIT_KLARNA_PASSWORD must be set");
    for (var wrong :
        List.of(
            "api.klarna.com",
            "http://api.klarna.com",
            "https://K1:secret@api.klarna.com",
            "https://api.klarna.com?password=secret",
            "ftp://api.klarna.com",
            "https:// api")) {
      assertThat(
              complaint(
                  Map.of(
                      KlarnaAccount.URL, wrong,
                      KlarnaAccount.USERNAME, "K1",
                      KlarnaAccount.PASSWORD, "secret")))
          .as(wrong)
          .startsWith("RECREDIT_KLARNA_URL is no address that can be used")
          .doesNotContain("secret");
    }
  }

  private static String complaint(Map<String, String> environment) {
    return catchThrowableOfType(UserException.class, () -> KlarnaAccount.given(environment))
        .getMessage();
  }

  private String line(String orderId) {
    return new String(api().document(orderId).withEnd(), UTF_8);
  }

  private String refused(String orderId) {
    return refused(orderId, api());
  }

  private static String refused(String orderId, KlarnaApi api) {
    return catchThrowableOfType(NotHadException.class, () -> api.document(orderId)).getMessage();
  }

  private KlarnaApi api() {
    return api(manners(1_000, Duration.ofMillis(10)));
  }

  private KlarnaApi api(Manners manners) {
    return new KlarnaApi(
        new KlarnaAccount(klarna.url(), KlarnaServer.USERNAME, KlarnaServer.PASSWORD),
        manners,
        CLOCK);
  }

  private static Manners manners(int perSecond, Duration longestWait) {
    return new Manners(perSecond, longestWait, Duration.ofMillis(1), Duration.ofMillis(500));
  }
}
