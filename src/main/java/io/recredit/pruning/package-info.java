/** Taking out what is old enough, and nothing is worked out from (operation.md, "Keeping"). */
@NullMarked
package io.recredit.pruning;

import org.jspecify.annotations.NullMarked;
