/** Tables as files, workbooks and CSV: the same columns and the same data make the same bytes. */
@NullMarked
package io.recredit.table;

import org.jspecify.annotations.NullMarked;
