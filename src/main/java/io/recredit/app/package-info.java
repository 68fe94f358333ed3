/**
 * The command line and start-up: commands, exit codes, the database, what is said on the terminal.
 */
@NullMarked
package io.recredit.app;

import org.jspecify.annotations.NullMarked;
