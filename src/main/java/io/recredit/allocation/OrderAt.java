package io.recredit.allocation;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A refund and its order as it stood at the refund's time, oldest captures first.
 *
 * @param refundNumber which of the order's refunds it is, duplicates not counted
 * @param everyCapture that existed by then, of any currency
 * @param captures those in the order's currency: the only ones that take part after step 4
 * @param released whether the remaining authorization was released by then
 * @param firstBlocking the order's first exception that blocks, if there is one
 */
public record OrderAt(
    Refund refund,
    int refundNumber,
    List<CaptureState> everyCapture,
    List<CaptureState> captures,
    boolean released,
    Decision.@Nullable Excepted firstBlocking,
    OrderHistory history) {

  /** That of the oldest capture; null where there is no capture yet. */
  public @Nullable String orderCurrency() {
    return everyCapture.isEmpty() ? null : everyCapture.get(0).capture().purchaseCurrency();
  }

  /** The currency the refund names, else its order's, else null. */
  public @Nullable String currency() {
    return refund.purchaseCurrency() != null ? refund.purchaseCurrency() : orderCurrency();
  }

  /** Whether the order's latest snapshot shows that nothing is left to be captured. */
  public boolean nothingRemains() {
    return history
        .klarnaRecord()
        .latest()
        .filter(snapshot -> Objects.equals(snapshot.remainingAuthorizedAmount(), 0L))
        .isPresent();
  }

  public boolean hasOneCapture() {
    return captures.size() == 1;
  }

  public CaptureState oldestCapture() {
    return captures.get(0);
  }

  /** All lines but those of the return fee. */
  public List<OrderLine> goodsLines() {
    return refund.orderLines().stream().filter(line -> !line.isReturnFee()).toList();
  }

  public List<OrderLine> feeLines() {
    return refund.orderLines().stream().filter(OrderLine::isReturnFee).toList();
  }

  /** The references of the goods lines, each once, in their order of code points. */
  public Set<String> references() {
    var references = new TreeSet<>(CodePoints.ORDER);
    for (var line : goodsLines()) {
      if (line.reference() != null) {
        references.add(line.reference());
      }
    }
    return references;
  }

  /** The captures that carry a reference. */
  public List<CaptureState> carrying(String reference) {
    return captures.stream().filter(capture -> capture.carries(reference)).toList();
  }

  /** The captures that carry every reference of the refund's goods lines. */
  public List<CaptureState> covering() {
    var references = references();
    return captures.stream().filter(c -> c.references().containsAll(references)).toList();
  }
}
