package io.recredit.benchmark;

import io.recredit.allocation.Allocator;
import io.recredit.allocation.Capture;
import io.recredit.allocation.Decided;
import io.recredit.allocation.Decision;
import io.recredit.allocation.OrderHistory;
import io.recredit.allocation.OrderLine;
import io.recredit.allocation.Policies;
import io.recredit.allocation.Refund;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.item.database.ItemPreparedStatementSetter;
import org.springframework.batch.infrastructure.item.database.JdbcBatchItemWriter;
import org.springframework.batch.infrastructure.item.database.JdbcPagingItemReader;
import org.springframework.batch.infrastructure.item.database.Order;
import org.springframework.batch.infrastructure.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.infrastructure.item.database.builder.JdbcPagingItemReaderBuilder;
import org.springframework.batch.infrastructure.item.file.FlatFileItemReader;
import org.springframework.batch.infrastructure.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The same night as Spring Batch's reference documentation teaches it: items of JSON lines written
 * with batched inserts, then refunds read in pages, with a query for each one's captures and one
 * for its order's other refunds, through the same allocator. No restart over changed files, no
 * history, no proof.
 */
@EnableAutoConfiguration // and not a configuration, which the tests of the product would find
class TextbookJob {

  private static final int CHUNK = 1_000;

  private static final String SCHEMA =
      """
      create table capture (capture_id text primary key, order_id text not null, captured_amount bigint not null,
        captured_at timestamptz not null, purchase_country text not null, purchase_currency text not null,
        klarna_reference text, order_lines jsonb);
      create index on capture (order_id);
      create table refund (refund_id text primary key, order_id text not null, refunded_amount bigint not null,
        refunded_at timestamptz not null, purchase_currency text, capture_id text, idempotency_key text, order_lines jsonb);
      create index on refund (order_id);
      create table credit (refund_id text, capture_id text, credited_amount bigint not null, match_rule text not null,
        primary key (refund_id, capture_id));
      create table refund_exception (refund_id text primary key, reason text not null)
      """;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();
  private static final TypeReference<List<Line>> LINES = new TypeReference<>() {};

  private final JobRepository jobs;
  private final PlatformTransactionManager transactions;
  private final DataSource database;
  private final JdbcTemplate jdbc;
  private final String day;

  TextbookJob(
      JobRepository jobs,
      PlatformTransactionManager transactions,
      DataSource database,
      @Value("${day}") String day) {
    this.jobs = jobs;
    this.transactions = transactions;
    this.database = database;
    this.jdbc = new JdbcTemplate(database);
    this.day = day;
  }

  record Line(
      @Nullable String reference,
      @Nullable String type,
      @Nullable String name,
      @Nullable Long quantity,
      @Nullable Long unitPrice,
      @Nullable Long taxRate,
      long totalAmount,
      @Nullable Long totalTaxAmount) {

    OrderLine toOrderLine() {
      return new OrderLine(
          reference, type, name, quantity, unitPrice, taxRate, totalAmount, totalTaxAmount);
    }
  }

  record CaptureItem(
      String captureId,
      String orderId,
      long capturedAmount,
      OffsetDateTime capturedAt,
      String purchaseCountry,
      String purchaseCurrency,
      @Nullable String klarnaReference,
      @Nullable List<Line> orderLines) {}

  record RefundItem(
      String refundId,
      String orderId,
      long refundedAmount,
      OffsetDateTime refundedAt,
      @Nullable String purchaseCurrency,
      @Nullable String captureId,
      @Nullable String idempotencyKey,
      @Nullable List<Line> orderLines) {}

  /** Arguments: the database's URL, user and password, and the day's files up to their date. */
  public static void main(String[] args) {
    new SpringApplicationBuilder(TextbookJob.class)
        .web(WebApplicationType.NONE)
        .run(
            "--spring.config.name=textbook",
            "--spring.datasource.url=" + args[0] + "?reWriteBatchedInserts=true",
            "--spring.datasource.username=" + args[1],
            "--spring.datasource.password=" + args[2],
            "--spring.flyway.enabled=false",
            "--spring.batch.jdbc.initialize-schema=always",
            "--logging.level.root=error",
            "--spring.main.banner-mode=off",
            "--day=" + args[3])
        .close();
  }

  @Bean
  Job textbook() {
    jdbc.execute(SCHEMA);
    return new JobBuilder("textbook", jobs)
        .start(step("captures", lines("captures", CaptureItem.class), captureWriter()))
        .next(step("refunds", lines("refunds", RefundItem.class), refundWriter()))
        .next(decide())
        .build();
  }

  private <T> Step step(String name, ItemReader<T> reader, ItemWriter<T> writer) {
    return new StepBuilder(name, jobs)
        .<T, T>chunk(CHUNK)
        .transactionManager(transactions)
        .reader(reader)
        .writer(writer)
        .build();
  }

  private <T> FlatFileItemReader<T> lines(String kind, Class<T> type) {
    return new FlatFileItemReaderBuilder<T>()
        .name(kind)
        .resource(new FileSystemResource(Path.of(day.formatted(kind))))
        .lineMapper((line, number) -> JSON.readValue(line, type))
        .build();
  }

  private JdbcBatchItemWriter<CaptureItem> captureWriter() {
    return writer(
        "insert into capture values (?, ?, ?, ?, ?, ?, ?, cast(? as jsonb))",
        (capture, row) -> {
          row.setString(1, capture.captureId());
          row.setString(2, capture.orderId());
          row.setLong(3, capture.capturedAmount());
          row.setObject(4, capture.capturedAt());
          row.setString(5, capture.purchaseCountry());
          row.setString(6, capture.purchaseCurrency());
          row.setString(7, capture.klarnaReference());
          row.setString(8, JSON.writeValueAsString(capture.orderLines()));
        });
  }

  private JdbcBatchItemWriter<RefundItem> refundWriter() {
    return writer(
        "insert into refund values (?, ?, ?, ?, ?, ?, ?, cast(? as jsonb))",
        (refund, row) -> {
          row.setString(1, refund.refundId());
          row.setString(2, refund.orderId());
          row.setLong(3, refund.refundedAmount());
          row.setObject(4, refund.refundedAt());
          row.setString(5, refund.purchaseCurrency());
          row.setString(6, refund.captureId());
          row.setString(7, refund.idempotencyKey());
          row.setString(8, JSON.writeValueAsString(refund.orderLines()));
        });
  }

  private <T> JdbcBatchItemWriter<T> writer(String sql, ItemPreparedStatementSetter<T> setter) {
    var writer =
        new JdbcBatchItemWriterBuilder<T>()
            .dataSource(database)
            .sql(sql)
            .itemPreparedStatementSetter(setter)
            .assertUpdates(false)
            .build();
    writer.afterPropertiesSet();
    return writer;
  }

  private Step decide() {
    var allocator = new Allocator(Policies.DEFAULT);
    ItemProcessor<Refund, Decision> processor =
        refund -> {
          var history =
              new OrderHistory(
                  refund.orderId(),
                  jdbc.query(
                      "select * from capture where order_id = ?",
                      (row, i) -> capture(row),
                      refund.orderId()),
                  jdbc.query(
                      "select * from refund where order_id = ?",
                      (row, i) -> refund(row),
                      refund.orderId()),
                  List.of());
          return allocator.decide(history).stream()
              .map(Decided::decision)
              .filter(decision -> decision.refund().refundId().equals(refund.refundId()))
              .findFirst()
              .orElseThrow();
        };
    return new StepBuilder("decide", jobs)
        .<Refund, Decision>chunk(CHUNK)
        .transactionManager(transactions)
        .reader(refunds())
        .processor(processor)
        .writer(decisionWriter())
        .build();
  }

  private JdbcPagingItemReader<Refund> refunds() {
    try {
      return new JdbcPagingItemReaderBuilder<Refund>()
          .name("refunds")
          .dataSource(database)
          .selectClause("select *")
          .fromClause("from refund")
          .sortKeys(Map.of("refund_id", Order.ASCENDING))
          .rowMapper((row, i) -> refund(row))
          .pageSize(CHUNK)
          .build();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private record CreditRow(String refundId, String captureId, long amount, String matchRule) {}

  private ItemWriter<Decision> decisionWriter() {
    JdbcBatchItemWriter<CreditRow> credits =
        writer(
            "insert into credit values (?, ?, ?, ?)",
            (credit, row) -> {
              row.setString(1, credit.refundId());
              row.setString(2, credit.captureId());
              row.setLong(3, credit.amount());
              row.setString(4, credit.matchRule());
            });
    JdbcBatchItemWriter<Decision.Excepted> exceptions =
        writer(
            "insert into refund_exception values (?, ?)",
            (exception, row) -> {
              row.setString(1, exception.refund().refundId());
              row.setString(2, exception.reason().name());
            });
    return chunk -> {
      var creditRows = new Chunk<CreditRow>();
      var exceptionRows = new Chunk<Decision.Excepted>();
      for (var decision : chunk) {
        if (decision instanceof Decision.Credited credited) {
          for (var credit : credited.credits()) {
            creditRows.add(
                new CreditRow(
                    credited.refund().refundId(),
                    credit.capture().captureId(),
                    credit.creditedAmount(),
                    credited.matchRule().name()));
          }
        } else if (decision instanceof Decision.Excepted excepted) {
          exceptionRows.add(excepted);
        }
      }
      credits.write(creditRows);
      exceptions.write(exceptionRows);
    };
  }

  private static Capture capture(ResultSet row) throws SQLException {
    return new Capture(
        row.getString("capture_id"),
        row.getString("order_id"),
        row.getLong("captured_amount"),
        Objects.requireNonNull(row.getObject("captured_at", OffsetDateTime.class)).toInstant(),
        row.getString("purchase_country"),
        row.getString("purchase_currency"),
        null,
        row.getString("klarna_reference"),
        null,
        orderLines(row));
  }

  private static Refund refund(ResultSet row) throws SQLException {
    return new Refund(
        row.getString("refund_id"),
        row.getString("order_id"),
        row.getLong("refunded_amount"),
        Objects.requireNonNull(row.getObject("refunded_at", OffsetDateTime.class)).toInstant(),
        row.getString("purchase_currency"),
        row.getString("capture_id"),
        null,
        null,
        row.getString("idempotency_key"),
        orderLines(row));
  }

  private static List<OrderLine> orderLines(ResultSet row) throws SQLException {
    return JSON.readValue(row.getString("order_lines"), LINES).stream()
        .map(Line::toOrderLine)
        .toList();
  }
}
