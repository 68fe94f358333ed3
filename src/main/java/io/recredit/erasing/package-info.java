/** Erasing what could be personal of an order (operation.md, "Erasing"). */
@NullMarked
package io.recredit.erasing;

import org.jspecify.annotations.NullMarked;
