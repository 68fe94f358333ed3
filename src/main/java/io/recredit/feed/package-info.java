/**
 * Reading the feed: the day's files, line by line, each line as a record of the allocation domain
 * or as a rejection that says what is wrong with it.
 */
@NullMarked
package io.recredit.feed;

import org.jspecify.annotations.NullMarked;
