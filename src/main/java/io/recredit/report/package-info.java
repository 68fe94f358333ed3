/**
 * The report for accountants: a page to read and print, and its tables as files, all of one
 * snapshot.
 */
@NullMarked
package io.recredit.report;

import org.jspecify.annotations.NullMarked;
