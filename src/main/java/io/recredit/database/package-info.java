/**
 * Recredit's own PostgreSQL, for where it is given none. Plain Java, no framework; it knows nothing
 * of tables.
 */
@NullMarked
package io.recredit.database;

import org.jspecify.annotations.NullMarked;
