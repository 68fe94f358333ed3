/**
 * What a report says: the days asked for, as one finished run left them. Totals and findings at a
 * glance, and the tables with the queries that read them row by row.
 */
@NullMarked
package io.recredit.report.content;

import org.jspecify.annotations.NullMarked;
