/** Scheduled work that is stored in the database with the state it belongs to. */
@NullMarked
package io.orderflow.platform.scheduling;

import org.jspecify.annotations.NullMarked;
