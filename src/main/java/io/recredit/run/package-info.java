/**
 * The life of a run: one at a time, carried on after a crash, undone when another command comes
 * first, shown once it is proved; and its summary.
 */
@NullMarked
package io.recredit.run;

import org.jspecify.annotations.NullMarked;
