/**
 * What the files said, in tables: records on their way through staging, what each reading of a file
 * came to, corrections and withdrawals.
 */
@NullMarked
package io.recredit.input;

import org.jspecify.annotations.NullMarked;
