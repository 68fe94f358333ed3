/**
 * The books (rules.md, part 8): what a decision comes to, line by line, with account and tax. Pure:
 * a decision and what led to it in, lines out.
 */
@NullMarked
package io.recredit.books;

import org.jspecify.annotations.NullMarked;
