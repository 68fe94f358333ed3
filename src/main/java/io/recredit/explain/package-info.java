/**
 * Why a refund is where it is, for somebody who asks: the story of an order, and a look ahead at a
 * refund that is not sent yet. Reads only.
 */
@NullMarked
package io.recredit.explain;

import org.jspecify.annotations.NullMarked;
