/**
 * The report for accountants: its page, workbook and CSV files, all of one snapshot and checked
 * against each other, in a folder and in the register of reports.
 */
@NullMarked
package io.recredit.report;

import org.jspecify.annotations.NullMarked;
