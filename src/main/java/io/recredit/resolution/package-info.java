/**
 * An accountant's decision about an exception: as it is written on a command line or in a report's
 * workbook, checked against what is known, and kept in its table.
 */
@NullMarked
package io.recredit.resolution;

import org.jspecify.annotations.NullMarked;
