/** The journal as vouchers for a ledger, each entry once (rules.md, part 8, "Export"). */
@NullMarked
package io.recredit.export;

import org.jspecify.annotations.NullMarked;
