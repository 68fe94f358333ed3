/**
 * How things stand, for whoever operates Recredit: in words, as JSON, and as Prometheus' metrics.
 */
@NullMarked
package io.recredit.status;

import org.jspecify.annotations.NullMarked;
