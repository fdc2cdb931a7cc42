/** Rebuilds projections next to the live tables and replaces the rows that differ (docs/adr/0010). */
@NullMarked
package io.orderflow.platform.replay;

import org.jspecify.annotations.NullMarked;
