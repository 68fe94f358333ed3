/**
 * Tables as files: workbooks and CSV, written (the same columns and the same data make the same
 * bytes) and read back as people have filled them in.
 */
@NullMarked
package io.recredit.table;

import org.jspecify.annotations.NullMarked;
