/** What can be set from outside about the program itself; the database is Spring's to set. */
@NullMarked
package io.recredit.settings;

import org.jspecify.annotations.NullMarked;
