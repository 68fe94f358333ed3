/**
 * The batch job: its steps from the files to the proven tables, and around it the runs: one at a
 * time, carried on after a crash, undone when another command comes first.
 */
@NullMarked
package io.recredit.job;

import org.jspecify.annotations.NullMarked;
