/**
 * Klarna's record: an order's snapshots go in, where its refunds stand comes out, and how that
 * compares with what was decided (rules.md, part 7). Plain Java, no framework; it knows nothing of
 * the rules of allocation, of files or of tables.
 */
@NullMarked
package io.recredit.evidence;

import org.jspecify.annotations.NullMarked;
