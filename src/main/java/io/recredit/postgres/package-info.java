/**
 * Techniques of PostgreSQL, without the domain: COPY in its binary format, statistics, block
 * ranges, dead rows.
 */
@NullMarked
package io.recredit.postgres;

import org.jspecify.annotations.NullMarked;
