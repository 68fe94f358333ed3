/**
 * Klarna's settlement reports, as files in any of the shapes that they are delivered in, to
 * payouts' totals, their transactions, and rows that are rejected. Pure but for the file.
 */
@NullMarked
package io.recredit.payout;

import org.jspecify.annotations.NullMarked;
