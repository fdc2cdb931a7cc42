package io.orderflow.fulfillment;

import java.time.Instant;

/**
 * A deadline that is running.
 *
 * @param scheduleId under which it can be called off
 * @param due        UTC
 */
record Alarm(String deadline, String scheduleId, int round, Instant due) {
}
