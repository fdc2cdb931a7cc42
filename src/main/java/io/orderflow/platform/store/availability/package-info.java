/** Detects and reports outages of the store. */
@NullMarked
package io.orderflow.platform.store.availability;

import org.jspecify.annotations.NullMarked;
