/** The batch job of a run alone: its steps, from the files to the proven tables. */
@NullMarked
package io.recredit.job;

import org.jspecify.annotations.NullMarked;
