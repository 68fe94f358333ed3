/** What must hold of the tables before anybody sees them, checked from the tables alone. */
@NullMarked
package io.recredit.proof;

import org.jspecify.annotations.NullMarked;
