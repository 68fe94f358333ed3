package io.recredit.feed;

import org.jspecify.annotations.Nullable;

/**
 * The shop's own references of an order, as a capture or a refund of it brings them.
 *
 * @param first {@code merchant_reference1}: the order reference
 * @param second {@code merchant_reference2}
 */
public record MerchantReferences(@Nullable String first, @Nullable String second) {}
