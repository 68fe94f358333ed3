/**
 * Reports for accountants: a page to read and print, a spreadsheet, the same as CSV; and the
 * spreadsheet read back with what an accountant filled in.
 */
@NullMarked
package io.recredit.export;

import org.jspecify.annotations.NullMarked;
