package io.recredit.payout;

import java.time.Instant;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A refund or a capture of an order: what can be in a payout.
 *
 * @param id a refund's of an order document that gives none is {@code ORDER_ID#N}
 * @param amount in minor units
 * @param currency null where nobody knows
 * @param at when it was made
 * @param businessDate the same as a day
 * @param reference the shop's own
 * @param duplicateOf the refund that this one repeats, if it does
 */
public record Payable(
    String id,
    String orderId,
    long amount,
    @Nullable String currency,
    Instant at,
    LocalDate businessDate,
    @Nullable String reference,
    @Nullable String duplicateOf) {

  private static final Pattern NUMBER = Pattern.compile("#[0-9]+");

  boolean isDuplicate() {
    return duplicateOf != null;
  }

  /** Whether it has no id of Klarna's, so that a row's id may be its own. */
  boolean isNumbered() {
    return id.startsWith(orderId) && NUMBER.matcher(id.substring(orderId.length())).matches();
  }
}
