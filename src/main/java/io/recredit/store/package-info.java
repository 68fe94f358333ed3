/**
 * The store: input records, decisions and runs in PostgreSQL, all in versions by run (see {@code
 * sql/migrations}); bulk writing, order histories, the proof, and the undoing of a run that did not
 * finish.
 */
@NullMarked
package io.recredit.store;

import org.jspecify.annotations.NullMarked;
