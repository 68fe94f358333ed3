package io.recredit.explain;

import static io.recredit.wording.Messages.counted;
import static io.recredit.wording.Messages.text;
import static io.recredit.wording.Phrases.pasted;

import io.recredit.explain.Choice.OrderChoice;
import io.recredit.explain.Choice.RefundChoice;
import io.recredit.explain.Found.FoundOrder;
import io.recredit.explain.Found.FoundRefund;
import io.recredit.explain.Found.Target;
import io.recredit.wording.Amounts;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Where several were found: the list to choose from, for the terminal and for machines. */
@Component
public class Choices {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String REFUND =
      """
      select d.refunded_amount, d.currency, x.business_date, x.outcome, x.reason, (
          select o.order_reference
          from order_reference o
          where o.order_id = d.order_id
        ) as order_reference
      from decision d
      left join recredit.refund_outcome x on x.refund_id = d.refund_id and x.order_id = d.order_id
      where d.refund_id = :refund and d.since_run <= (select run_id from shown_run)
      order by d.since_run desc
      limit 1
      """;

  private static final String ORDER =
      """
      select
        (
          select o.order_reference
          from order_reference o
          where o.order_id = :order
        ) as order_reference,
        (select count(*) from shown_capture c where c.order_id = :order) as captures,
        (select count(*) from shown_refund r where r.order_id = :order) as refunds
      """;

  private final JdbcClient jdbc;

  Choices(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private List<Choice> of(Found found) {
    return found.targets().stream().map(this::choice).toList();
  }

  private Choice choice(Target target) {
    return target instanceof FoundRefund refund ? refund(refund) : order((FoundOrder) target);
  }

  private Choice refund(FoundRefund refund) {
    return jdbc.sql(REFUND)
        .param("refund", refund.refundId())
        .query(
            (row, n) ->
                new RefundChoice(
                    refund,
                    refund.refundId(),
                    row.getString("order_reference"),
                    row.getLong("refunded_amount"),
                    row.getString("currency"),
                    row.getObject("business_date", LocalDate.class),
                    row.getString("outcome"),
                    row.getString("reason")))
        .single();
  }

  private Choice order(FoundOrder order) {
    return jdbc.sql(ORDER)
        .param("order", order.orderId())
        .query(
            (row, n) ->
                new OrderChoice(
                    order,
                    row.getString("order_reference"),
                    row.getLong("captures"),
                    row.getLong("refunds")))
        .single();
  }

  /** Each with the command that tells its story. */
  public List<String> lines(Found found) {
    var page = new WrappedText();
    page.text(text("explain.choices.head"));
    for (var choice : of(found)) {
      page.blank();
      page.text("  ", sentence(choice));
      page.text("    ", text("explain.choices.command", command(choice.target())));
    }
    if (found.isCut()) {
      page.blank();
      page.text(text("explain.choices.more", found.targets().size()));
    }
    return page.lines();
  }

  private static String sentence(Choice choice) {
    if (choice instanceof OrderChoice order) {
      return text(
          "explain.choices.order",
          order(choice, order.orderReference()),
          counted("count.capture", order.captures()),
          counted("count.refund", order.refunds()));
    }
    var refund = (RefundChoice) choice;
    var amount = Amounts.format(refund.refundedAmount(), refund.currency());
    var order = order(choice, refund.orderReference());
    return refund.outcome() == null
        ? text("explain.choices.withdrawn", refund.refundId(), amount, order)
        : text(
            "explain.choices.refund",
            refund.refundId(),
            amount,
            refund.businessDate(),
            order,
            outcome(refund));
  }

  private static String order(Choice choice, @Nullable String reference) {
    return reference == null
        ? text("explain.choices.of-order", choice.target().orderId())
        : text("explain.choices.of-order-named", choice.target().orderId(), reference);
  }

  private static String outcome(RefundChoice refund) {
    return refund.reason() == null
        ? text("explain.choices.outcome." + refund.outcome())
        : text("explain.outcome.exception", refund.reason());
  }

  private static String command(Target target) {
    return target instanceof FoundRefund refund
        ? "explain --refund " + pasted(refund.refundId())
        : "explain --order " + pasted(target.orderId());
  }

  /** One JSON object; amounts in minor units. */
  public String json(Found found) {
    var json = JSON.createObjectNode();
    var choices = json.putArray("choices");
    for (var choice : of(found)) {
      var of = choices.addObject();
      if (choice instanceof RefundChoice refund) {
        of.put("refund_id", refund.refundId())
            .put("order_id", choice.target().orderId())
            .put("order_reference", refund.orderReference())
            .put("refunded_amount", refund.refundedAmount())
            .put("currency", refund.currency())
            .put(
                "business_date",
                refund.businessDate() == null ? null : refund.businessDate().toString())
            .put("outcome", refund.outcome() == null ? "withdrawn" : refund.outcome())
            .put("reason", refund.reason());
      } else {
        var order = (OrderChoice) choice;
        of.put("order_id", choice.target().orderId())
            .put("order_reference", order.orderReference())
            .put("captures", order.captures())
            .put("refunds", order.refunds());
      }
    }
    json.put("more", found.isCut());
    return JSON.writeValueAsString(json);
  }
}
