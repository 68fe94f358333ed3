package io.recredit.pull;

import static io.recredit.wording.Messages.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.recredit.feed.DocumentLine;
import io.recredit.feed.LineReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.UriBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Klarna's and Kustom's APIs, as far as they are read: order documents and settlement reports. What
 * may pass is asked for again, with growing pauses; what will not is a {@link NotHadException}.
 */
final class KlarnaApi {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** What the client says of an answer's body that it closed when its time was over. */
  private static final String CLOSED_FOR_BEING_LATE = "closed";

  private static final int PAGE = 500;
  private static final int MOST_PAGES = 10_000;
  private static final int MOST_TRIES_AGAIN = 5;
  private static final double PAUSES_GROW = 2;

  /** An order's document has at most some MB; a line of the file at most 8 MiB. */
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  private static final int MOST_BYTES_OF_ERROR = 64 * 1024;

  /** Names as Klarna writes them; messages come as a list, and as a single one. */
  private final JsonMapper json =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .build();

  private final KlarnaAccount account;
  private final Pace pace;
  private final RestClient client;
  private final RetryTemplate tries;

  /**
   * A payout, as the list of them names it.
   *
   * @param day of the payout; null where the list does not say
   */
  record Payout(String reference, @Nullable LocalDate day) {}

  private record ListedPayouts(List<ListedPayout> payouts, @Nullable Pagination pagination) {}

  private record ListedPayout(@Nullable String paymentReference, @Nullable String payoutDate) {}

  private record Pagination(@Nullable Long total, @Nullable String next) {}

  /** What is made of an answer's body. */
  @FunctionalInterface
  interface Reading<T> {
    T of(InputStream body, Instant sent) throws IOException;
  }

  KlarnaApi(KlarnaAccount account, Manners manners, Clock clock) {
    this.account = account;
    pace = new Pace(manners.perSecond(), manners.longestWait(), clock);
    // Not redirected: the password is for this host alone.
    var requests =
        new JdkClientHttpRequestFactory(
            HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
    requests.setReadTimeout(manners.answer());
    client =
        RestClient.builder()
            .requestFactory(requests)
            .requestInterceptor(pace)
            .baseUrl(account.url())
            .defaultHeaders(
                headers -> headers.setBasicAuth(account.username(), account.password(), UTF_8))
            .build();
    tries =
        new RetryTemplate(
            RetryPolicy.builder()
                .maxRetries(MOST_TRIES_AGAIN)
                .delay(manners.firstPause())
                .multiplier(PAUSES_GROW)
                .maxDelay(manners.firstPause().multipliedBy(1L << MOST_TRIES_AGAIN))
                .predicate(e -> e instanceof NotHadException notHad && notHad.mayPass())
                .build());
  }

  /** How many calls were made. */
  long calls() {
    return pace.calls();
  }

  /** The order's document, as a line of an orders file. */
  DocumentLine document(String orderId) {
    return get(
        uri -> uri.path("/ordermanagement/v1/orders/{id}").build(orderId),
        (body, sent) -> document(orderId, bounded(body), sent));
  }

  /**
   * One at a time: a large one is copied some times.
   *
   * @param sent as of when it counts: what happens until it is answered may be in it or not, and
   *     must not be missed where it is not
   */
  private synchronized DocumentLine document(String orderId, byte[] answer, Instant sent) {
    var document = DocumentLine.of(answer, sent);
    if (document.isEmpty()) {
      throw NotHadException.broken(text("pull.broken.no-document"));
    }
    if (!document.get().orderId().equals(orderId)) {
      throw NotHadException.broken(text("pull.broken.other-order", document.get().orderId()));
    }
    if (document.get().isTooLong()) {
      throw NotHadException.broken(text("pull.broken.too-long", LineReader.MAX_LINE_BYTES));
    }
    return document.get();
  }

  /** The payouts since a day, page by page. */
  List<Payout> payouts(LocalDate from) {
    var since = from.atStartOfDay(ZoneOffset.UTC).toInstant().toString();
    var payouts = new ArrayList<Payout>();
    for (var page = 0; page < MOST_PAGES; page++) {
      var offset = payouts.size();
      var listed =
          get(
              uri ->
                  uri.path("/settlements/v1/payouts")
                      .queryParam("start_date", "{since}")
                      .queryParam("size", PAGE)
                      .queryParam("offset", offset)
                      .build(since),
              (body, sent) -> listed(body, offset));
      listed.payouts().stream().map(KlarnaApi::payout).forEach(payouts::add);
      if (listed.payouts().isEmpty() || !hasMore(listed.pagination(), payouts.size())) {
        return List.copyOf(payouts);
      }
    }
    throw NotHadException.broken(text("pull.broken.pages", MOST_PAGES));
  }

  /** A page of the list; one that lacks what it says to have is none. */
  private ListedPayouts listed(InputStream body, int had) {
    var listed = json.readValue(body, ListedPayouts.class);
    if (listed == null
        || Objects.isNull(listed.payouts())
        || (listed.payouts().isEmpty() && hasMore(listed.pagination(), had))) {
      throw NotHadException.broken(text("pull.broken.no-list"));
    }
    return listed;
  }

  /** Some answers have no total, and some no link to the next page. */
  private static boolean hasMore(@Nullable Pagination pagination, long had) {
    return pagination != null
        && (pagination.total() == null ? pagination.next() != null : had < pagination.total());
  }

  private static Payout payout(ListedPayout listed) {
    var reference = listed.paymentReference();
    if (reference == null || reference.isBlank()) {
      throw NotHadException.broken(text("pull.broken.payout"));
    }
    return new Payout(reference, day(listed.payoutDate()));
  }

  private static @Nullable LocalDate day(@Nullable String time) {
    try {
      return time == null ? null : LocalDate.parse(time.split("T", 2)[0]);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /**
   * A payout's settlement report, as CSV.
   *
   * @param to called anew for each try
   */
  <T> T report(String paymentReference, Reading<T> to) {
    return get(
        uri ->
            uri.path("/settlements/v1/reports/payout-with-transactions")
                .queryParam("payment_reference", "{reference}")
                .build(paymentReference),
        to);
  }

  private <T> T get(Function<UriBuilder, URI> uri, Reading<T> reading) {
    try {
      return Objects.requireNonNull(tries.execute(() -> once(uri, reading)));
    } catch (RetryException e) {
      throw e.getCause() instanceof NotHadException notHad
          ? notHad
          : e.getCause() instanceof RuntimeException other
              ? other
              : new IllegalStateException(e.getCause());
    }
  }

  private <T> T once(Function<UriBuilder, URI> uri, Reading<T> reading) {
    try {
      return Objects.requireNonNull(
          client.get().uri(uri).exchange((request, response) -> read(request, response, reading)));
    } catch (ResourceAccessException | JacksonException | UncheckedIOException e) {
      throw NotHadException.broken(text("pull.broken.because", reason(e)), account);
    }
  }

  private <T> T read(HttpRequest request, ClientHttpResponse response, Reading<T> reading)
      throws IOException {
    var status = response.getStatusCode().value();
    var sent = (Instant) Objects.requireNonNull(request.getAttributes().get(Pace.SENT));
    try (var body = response.getBody()) {
      if (!response.getStatusCode().is2xxSuccessful()) {
        throw NotHadException.refused(status, body.readNBytes(MOST_BYTES_OF_ERROR), account, json);
      }
      return reading.of(body, sent);
    }
  }

  private static byte[] bounded(InputStream body) throws IOException {
    var bytes = body.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw NotHadException.broken(text("pull.broken.too-long", MOST_BYTES));
    }
    return bytes;
  }

  /** What happened, where the client's own words are not for people. */
  private static String reason(Throwable failure) {
    var causes =
        Stream.<@Nullable Throwable>iterate(failure, Objects::nonNull, KlarnaApi::causeOf).toList();
    if (has(causes, UnresolvedAddressException.class)) {
      return text("pull.broken.no-host");
    }
    if (has(causes, ConnectException.class)) {
      return text("pull.broken.no-connection");
    }
    var last = Objects.requireNonNull(causes.get(causes.size() - 1));
    var said = last instanceof JacksonException bad ? bad.getOriginalMessage() : last.getMessage();
    return has(causes, HttpTimeoutException.class) || CLOSED_FOR_BEING_LATE.equals(said)
        ? text("pull.broken.late")
        : said == null ? last.getClass().getSimpleName() : said;
  }

  private static @Nullable Throwable causeOf(@Nullable Throwable failure) {
    return failure == null ? null : failure.getCause();
  }

  private static boolean has(List<@Nullable Throwable> causes, Class<? extends Throwable> type) {
    return causes.stream().anyMatch(type::isInstance);
  }
}
