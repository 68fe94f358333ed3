/**
 * The decisions in versions, the order histories that they are made from, the policies they follow,
 * and single orders as they are shown.
 */
@NullMarked
package io.recredit.ledger;

import org.jspecify.annotations.NullMarked;
