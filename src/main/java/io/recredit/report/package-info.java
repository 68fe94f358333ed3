/** What people read of a run on the terminal. */
@NullMarked
package io.recredit.report;

import org.jspecify.annotations.NullMarked;
