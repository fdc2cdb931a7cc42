package io.orderflow.fulfillment;

import java.time.Duration;
import java.util.function.Function;

/** What an order may wait for too long. */
enum Deadline {
    /** Not all stock is reserved or refused: the order is rejected. */
    RESERVATION_OVERDUE(FulfillmentProperties::reservationOverdue, 0),
    /** The payment is neither authorized nor declined: the order is rejected, but not because a gateway is down. */
    PAYMENT_OVERDUE(FulfillmentProperties::paymentOverdue, 0),
    /** Staff has not dispatched everything: raises a flag and cancels nothing. */
    DISPATCH_OVERDUE(FulfillmentProperties::dispatchOverdue, 0),
    /** A dispatched order is not fully captured and shipped: asks again. */
    SHIPPING_OVERDUE(FulfillmentProperties::shippingOverdue, 6),
    /** Something is not undone yet: asks again. */
    UNDO_OVERDUE(FulfillmentProperties::undoOverdue, 6),
    /** A return or a refund is not settled yet: asks again. */
    RETURN_OVERDUE(FulfillmentProperties::returnOverdue, 6);

    private final Function<FulfillmentProperties, Duration> first;
    private final int doublings;

    /** @param doublings how many failed attempts double the time until the next */
    Deadline(Function<FulfillmentProperties, Duration> first, int doublings) {
        this.first = first;
        this.doublings = doublings;
    }

    Duration length(FulfillmentProperties properties, int attempts) {
        return first.apply(properties).multipliedBy(1L << Math.min(attempts, doublings));
    }
}
