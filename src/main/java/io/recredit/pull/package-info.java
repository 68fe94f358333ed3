/** What Klarna's and Kustom's APIs say, into the files that a night reads. */
@NullMarked
package io.recredit.pull;

import org.jspecify.annotations.NullMarked;
