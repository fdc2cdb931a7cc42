package io.orderflow.fulfillment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** The deadlines of an order: their names, how long they are, and when they are due. */
class FulfillmentDeadlines {

    /** Not all stock is held or refused: the order is rejected. */
    static final String RESERVATION_OVERDUE = "reservation-overdue";
    /** The payment is neither authorized nor declined: the order is rejected, but not for a gateway that is away. */
    static final String PAYMENT_OVERDUE = "payment-overdue";
    /** Staff has not dispatched everything: raises a flag and cancels nothing. */
    static final String DISPATCH_OVERDUE = "dispatch-overdue";
    /** What is set aside can no longer be taken: an order that was not dispatched is cancelled. */
    static final String CAPTURE_BEFORE = "capture-before";
    /** A dispatched order is not fully captured and shipped: asks again. */
    static final String SHIPPING_OVERDUE = "shipping-overdue";
    /** Something is not undone yet: asks again, with growing patience. */
    static final String UNDO_OVERDUE = "undo-overdue";
    /** A return or a refund is not settled yet: asks again, with growing patience. */
    static final String RETURN_OVERDUE = "return-overdue";

    /** So often patience doubles before it stays as it is. */
    private static final int DOUBLINGS = 6;

    private final Clock clock;
    private final Map<String, Duration> durations;
    private final Duration gatewayPatience;

    FulfillmentDeadlines(Clock clock, FulfillmentProperties properties) {
        this.clock = clock;
        this.gatewayPatience = properties.gatewayPatience();
        this.durations = Map.of(
                RESERVATION_OVERDUE, properties.reservationOverdue(),
                PAYMENT_OVERDUE, properties.paymentOverdue(),
                DISPATCH_OVERDUE, properties.dispatchOverdue(),
                SHIPPING_OVERDUE, properties.shippingOverdue(),
                UNDO_OVERDUE, properties.undoOverdue(),
                RETURN_OVERDUE, properties.returnOverdue());
    }

    /**
     * When a deadline that starts now ends. Counted from now and not from the fact that started it, so that nothing is
     * overdue merely because Orderflow was down.
     *
     * @param attempts how often it has fired in vain; undo, shipping and return grow more patient with each
     */
    Instant due(String deadline, int attempts) {
        boolean patient = deadline.equals(UNDO_OVERDUE) || deadline.equals(SHIPPING_OVERDUE)
                || deadline.equals(RETURN_OVERDUE);
        long times = patient ? 1L << Math.min(attempts, DOUBLINGS) : 1;
        return clock.instant().truncatedTo(ChronoUnit.MICROS).plus(durations.get(deadline).multipliedBy(times));
    }

    /** Whether a gateway that has said nothing for so many payment deadlines is not waited for any longer. */
    boolean isPatienceOver(int attempts) {
        return durations.get(PAYMENT_OVERDUE).multipliedBy(attempts).compareTo(gatewayPatience) >= 0;
    }
}
