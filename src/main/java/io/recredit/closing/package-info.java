/** Closing the books up to a day, and opening them again (rules.md, part 8). */
@NullMarked
package io.recredit.closing;

import org.jspecify.annotations.NullMarked;
