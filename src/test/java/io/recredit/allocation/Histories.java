package io.recredit.allocation;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An order history as a person wants to read it under a failed comparison. */
final class Histories {

  private Histories() {}

  static String describe(OrderHistory history) {
    var captures =
        history.captures().stream()
            .sorted(Comparator.comparing(Capture::capturedAt))
            .map(Histories::capture);
    var refunds =
        history.refunds().stream()
            .sorted(Comparator.comparing(Refund::refundedAt))
            .map(Histories::refund);
    var releases = history.releases().stream().map(release -> "release at " + release.releasedAt());
    var resolutions = history.resolutions().stream().map(Resolution::toString);
    return Stream.of(captures, releases, refunds, resolutions)
        .flatMap(part -> part)
        .collect(Collectors.joining("\n  ", "order\n  ", "\n"));
  }

  private static String capture(Capture capture) {
    return "capture %s at %s: %d %s, %s, order amount %s, lines %s"
        .formatted(
            quoted(capture.captureId()),
            capture.capturedAt(),
            capture.capturedAmount(),
            capture.purchaseCurrency(),
            capture.purchaseCountry(),
            capture.orderAmount(),
            lines(capture.orderLines()));
  }

  private static String refund(Refund refund) {
    return "refund %s at %s: %d%s%s%s, lines %s"
        .formatted(
            quoted(refund.refundId()),
            refund.refundedAt(),
            refund.refundedAmount(),
            refund.purchaseCurrency() == null ? "" : " " + refund.purchaseCurrency(),
            refund.captureId() == null ? "" : ", of capture " + quoted(refund.captureId()),
            refund.idempotencyKey() == null ? "" : ", key " + quoted(refund.idempotencyKey()),
            lines(refund.orderLines()));
  }

  private static String lines(List<OrderLine> lines) {
    return lines.stream().map(Histories::line).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String line(OrderLine line) {
    return "%s %d%s%s"
        .formatted(
            quoted(line.reference()),
            line.totalAmount(),
            line.isReturnFee() ? " FEE" : "",
            line.totalTaxAmount() == null ? "" : " (tax " + line.totalTaxAmount() + ")");
  }

  /** In quotes, what is not ASCII by its code point: spaces and look-alikes are the point here. */
  private static String quoted(@Nullable String text) {
    return text == null
        ? "-"
        : text.codePoints()
            .mapToObj(c -> c < 127 ? Character.toString(c) : "<U+%X>".formatted(c))
            .collect(Collectors.joining("", "\"", "\""));
  }
}
