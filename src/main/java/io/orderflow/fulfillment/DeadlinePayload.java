package io.orderflow.fulfillment;

import io.orderflow.shared.StoredAs;
import java.time.Instant;

/**
 * The payload of a deadline.
 *
 * @param due for when it was scheduled, UTC; tells it from earlier ones of the same saga, which may still fire
 */
@StoredAs("fulfillment.DeadlinePayload")
record DeadlinePayload(Instant due) {
}
