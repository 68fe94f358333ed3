package io.recredit.pull;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * A made-up Klarna: it answers as the APIs do that {@code pull} asks, from what it is given, and
 * goes wrong where it is told to. In a file of its own, so that it can be started by hand:
 *
 * <pre>{@code
 * java src/test/java/io/recredit/pull/KlarnaServer.java 8099 jobs/sample/orders-2026-11-20.ndjson
 * }</pre>
 */
public final class KlarnaServer implements AutoCloseable {

  public static final String USERNAME = "K123456_recredit";
  public static final String PASSWORD = "made-up-password";

  private static final String ORDERS = "/ordermanagement/v1/orders/";
  private static final String PAYOUTS = "/settlements/v1/payouts";
  private static final String REPORT = "/settlements/v1/reports/payout-with-transactions";
  private static final Pattern ORDER_ID = Pattern.compile("\"order_id\"\\s*:\\s*\"([^\"]*)\"");

  private final HttpServer server;
  private final String scheme;
  private final Map<String, String> orders = new ConcurrentSkipListMap<>();
  private final Map<String, Payout> payouts = new ConcurrentSkipListMap<>();
  private final Map<String, Deque<Answer>> next = new ConcurrentHashMap<>();
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final Deque<Long> lastSecond = new ArrayDeque<>();
  private volatile String password = PASSWORD;
  private volatile int mostPerSecond = Integer.MAX_VALUE;
  private volatile int pageSize = 500;

  private record Payout(String reference, String day, String report) {}

  /** How one call is answered. */
  @FunctionalInterface
  public interface Answer {

    void to(HttpExchange call) throws IOException;

    /** An error as Klarna words it. */
    static Answer error(int status, String code, String message) {
      return text(
          status,
          "{\"error_code\":\"%s\",\"error_messages\":[\"%s\"],\"correlation_id\":\"c-%d\"}"
              .formatted(code, message, status));
    }

    static Answer text(int status, String body) {
      return call -> send(call, status, body.getBytes(UTF_8));
    }

    static Answer retryAfter(int status, String when) {
      return call -> {
        call.getResponseHeaders().add("Retry-After", when);
        send(call, status, new byte[0]);
      };
    }

    /** Somewhere else, where nobody's password belongs. */
    static Answer redirect(String to) {
      return call -> {
        call.getResponseHeaders().add("Location", to);
        send(call, 302, new byte[0]);
      };
    }

    /** Half of what the header promised, and the connection is gone. */
    static Answer cutShort(String body) {
      return call -> {
        var bytes = body.getBytes(UTF_8);
        call.sendResponseHeaders(200, bytes.length);
        call.getResponseBody().write(bytes, 0, bytes.length / 2);
        call.close();
      };
    }

    /** The connection is gone before there was an answer. */
    static Answer none() {
      return HttpExchange::close;
    }

    /** The half of it at once, and nothing more for so long. */
    static Answer slow(String body, long millis) {
      return call -> {
        var bytes = body.getBytes(UTF_8);
        call.sendResponseHeaders(200, bytes.length);
        call.getResponseBody().write(bytes, 0, bytes.length / 2);
        call.getResponseBody().flush();
        pause(millis);
        call.close();
      };
    }
  }

  private KlarnaServer(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              var thread = new Thread(work, "klarna");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * Starts one on this machine.
   *
   * @param port 0 for any
   */
  public static KlarnaServer start(int port) throws IOException {
    return new KlarnaServer(HttpServer.create(address(port), 0), "http");
  }

  /** The same behind TLS. */
  public static KlarnaServer start(SSLContext tls) throws IOException {
    var server = HttpsServer.create(address(0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return new KlarnaServer(server, "https");
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Serves documents, and a payout of all of them, until it is stopped. */
  public static void main(String[] args) throws IOException {
    var klarna = start(args.length > 0 ? Integer.parseInt(args[0]) : 8099);
    for (var file : Arrays.asList(args).subList(Math.min(1, args.length), args.length)) {
      Files.readAllLines(Path.of(file)).stream()
          .filter(line -> !line.isBlank())
          .forEach(klarna::order);
    }
    klarna.payout(
        "XISA93DJ",
        "2026-11-21",
        "type,amount,currency,order_id,capture_date,payment_reference\n"
            + klarna.orders.keySet().stream()
                .map(id -> "SALE,1.00,SEK," + id + ",2026-11-20T10:00:00Z,XISA93DJ\n")
                .collect(Collectors.joining()));
    System.out.printf(
        "A made-up Klarna with %d orders and a payout. Ask it by:%nexport RECREDIT_KLARNA_URL=%s RECREDIT_KLARNA_USERNAME=%s RECREDIT_KLARNA_PASSWORD=%s%n",
        klarna.orders.size(), klarna.url(), USERNAME, PASSWORD);
  }

  /** Where it is asked. */
  public URI url() {
    return URI.create(scheme + "://localhost:" + server.getAddress().getPort());
  }

  /** Gives it an order, or another document of one that it has. */
  public void order(String document) {
    var id = ORDER_ID.matcher(document);
    if (!id.find()) {
      throw new IllegalArgumentException("no order_id in " + document);
    }
    orders.put(id.group(1), document);
  }

  /** Gives it a payout with its report, as CSV. */
  public void payout(String reference, String day, String report) {
    payouts.put(reference, new Payout(reference, day, report));
  }

  /** The next calls for an order are answered so, those behind them as usual. */
  public void next(String orderId, Answer... answers) {
    nextCalls(ORDERS + orderId, answers);
  }

  /** The same of the list of payouts. */
  public void nextList(Answer... answers) {
    nextCalls(PAYOUTS, answers);
  }

  /** The same of reports. */
  public void nextReport(Answer... answers) {
    nextCalls(REPORT, answers);
  }

  private void nextCalls(String path, Answer... answers) {
    next.put(path, new ArrayDeque<>(List.of(answers)));
  }

  public void changePassword(String another) {
    password = another;
  }

  /** More are answered by 429. */
  public void allowPerSecond(int calls) {
    mostPerSecond = calls;
  }

  public void pageSize(int size) {
    pageSize = size;
  }

  /** Path and query of each call. */
  public List<String> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  private void answer(HttpExchange call) throws IOException {
    try (call) {
      calls.add(call.getRequestURI().toString());
      ordinaryOrNot(call).to(call);
    }
  }

  private Answer ordinaryOrNot(HttpExchange call) {
    if (isTooOften()) {
      return Answer.retryAfter(429, "1");
    }
    if (!isKnown(call)) {
      return Answer.text(401, "");
    }
    var path = call.getRequestURI().getPath();
    var told = next.get(path);
    if (told != null) {
      synchronized (told) {
        var answer = told.poll();
        if (answer != null) {
          return answer;
        }
      }
    }
    return ordinary(path, query(call));
  }

  private Answer ordinary(String path, Map<String, String> query) {
    if (path.startsWith(ORDERS)) {
      var document = orders.get(path.substring(ORDERS.length()));
      return document == null
          ? Answer.error(404, "NO_SUCH_ORDER", "The order does not exist")
          : Answer.text(200, document);
    }
    if (path.equals(PAYOUTS)) {
      return Answer.text(200, page(query));
    }
    if (path.equals(REPORT)) {
      var payout = payouts.get(query.getOrDefault("payment_reference", ""));
      return payout == null
          ? Answer.error(404, "NOT_FOUND", "No such payout")
          : Answer.text(200, payout.report());
    }
    return Answer.error(404, "NOT_FOUND", "No such path");
  }

  private String page(Map<String, String> query) {
    var since = query.getOrDefault("start_date", "").split("T", 2)[0];
    var offset = Integer.parseInt(query.getOrDefault("offset", "0"));
    var size = Math.min(pageSize, Integer.parseInt(query.getOrDefault("size", "20")));
    var all = payouts.values().stream().filter(p -> p.day().compareTo(since) >= 0).toList();
    var page = all.stream().skip(offset).limit(size).toList();
    return "{\"payouts\":[%s],\"pagination\":{\"count\":%d,\"total\":%d,\"offset\":%d}}"
        .formatted(
            page.stream()
                .map(
                    p ->
                        "{\"payment_reference\":\"%s\",\"payout_date\":\"%sT00:00:00Z\",\"currency_code\":\"SEK\",\"totals\":{\"sale_amount\":1}}"
                            .formatted(p.reference(), p.day()))
                .collect(Collectors.joining(",")),
            page.size(),
            all.size(),
            offset);
  }

  private boolean isKnown(HttpExchange call) {
    var basic =
        "Basic " + Base64.getEncoder().encodeToString((USERNAME + ":" + password).getBytes(UTF_8));
    return basic.equals(call.getRequestHeaders().getFirst("Authorization"));
  }

  private boolean isTooOften() {
    synchronized (lastSecond) {
      var now = System.nanoTime();
      while (!lastSecond.isEmpty() && now - lastSecond.peek() > TimeUnit.SECONDS.toNanos(1)) {
        lastSecond.poll();
      }
      lastSecond.add(now);
      return lastSecond.size() > mostPerSecond;
    }
  }

  private static Map<String, String> query(HttpExchange call) {
    var query = new TreeMap<String, String>();
    var text = call.getRequestURI().getQuery();
    for (var pair : text == null ? new String[0] : text.split("&")) {
      var parts = pair.split("=", 2);
      query.put(parts[0], parts.length > 1 ? parts[1] : "");
    }
    return query;
  }

  private static void send(HttpExchange call, int status, byte[] body) throws IOException {
    call.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    call.getResponseBody().write(body);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
