package io.orderflow.fulfillment;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** When the deadlines of an order are due. */
record FulfillmentDeadlines(Clock clock, FulfillmentProperties properties) {

    /**
     * The end of a deadline that starts now. Counted from now and not from the event that started it, so that nothing
     * is overdue merely because Orderflow was down.
     *
     * @param attempts how often it has passed without success
     */
    Instant due(Deadline deadline, int attempts) {
        return now().plus(deadline.length(properties, attempts));
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Whether the order is rejected because the gateway has not answered for so many payment deadlines. */
    boolean isGatewayPatienceOver(int attempts) {
        return properties.paymentOverdue().multipliedBy(attempts).compareTo(properties.gatewayPatience()) >= 0;
    }
}
