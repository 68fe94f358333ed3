/** A whole database to a file, and back into another PostgreSQL (operation.md, "Backups"). */
@NullMarked
package io.recredit.backup;

import org.jspecify.annotations.NullMarked;
