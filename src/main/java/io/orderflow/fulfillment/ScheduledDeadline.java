package io.orderflow.fulfillment;

import java.time.Instant;

/**
 * A deadline that the scheduler will fire.
 *
 * @param id  under which it can be cancelled
 * @param due when it fires, UTC
 */
record ScheduledDeadline(String id, Instant due) {
}
