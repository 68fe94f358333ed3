/**
 * Facts as sentences: what the program says to people, and how it writes money, times and names.
 */
@NullMarked
package io.recredit.wording;

import org.jspecify.annotations.NullMarked;
