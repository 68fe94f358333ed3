/**
 * What Klarna paid out, in the tables: settlement reports as they were read, which of them count,
 * and which of their rows are which refunds and captures.
 */
@NullMarked
package io.recredit.paid;

import org.jspecify.annotations.NullMarked;
