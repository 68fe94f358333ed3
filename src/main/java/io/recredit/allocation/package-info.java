/**
 * The allocation domain: an order's captures, refunds and releases go in, a decision per refund
 * comes out. Plain Java, no framework; it knows nothing of files, tables or runs.
 */
@NullMarked
package io.recredit.allocation;

import org.jspecify.annotations.NullMarked;
