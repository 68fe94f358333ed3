/** The page of a report, to be read and printed. */
@NullMarked
package io.recredit.report.html;

import org.jspecify.annotations.NullMarked;
