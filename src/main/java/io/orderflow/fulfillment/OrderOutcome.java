package io.orderflow.fulfillment;

import io.orderflow.order.command.CancelOrder;
import io.orderflow.order.command.CompleteOrder;
import io.orderflow.order.command.RejectOrder;
import io.orderflow.shared.OrderId;
import org.jspecify.annotations.Nullable;

/**
 * The outcome that an order is to have.
 *
 * @param code   the reason of a rejection
 * @param detail the same in words
 */
record OrderOutcome(Kind kind, @Nullable String code, @Nullable String detail) {

    enum Kind {
        COMPLETED, CANCELLED, REJECTED
    }

    static OrderOutcome completed() {
        return new OrderOutcome(Kind.COMPLETED, null, null);
    }

    static OrderOutcome cancelled() {
        return new OrderOutcome(Kind.CANCELLED, null, null);
    }

    static OrderOutcome rejected(String code, String detail) {
        return new OrderOutcome(Kind.REJECTED, code, detail);
    }

    static OrderOutcome reservationTimeout() {
        return rejected("reservation_timeout", "Stock was not reserved in time.");
    }

    static OrderOutcome paymentTimeout() {
        return rejected("payment_timeout", "The payment was not settled in time.");
    }

    Object command(OrderId orderId) {
        return switch (kind) {
            case COMPLETED -> new CompleteOrder(orderId);
            case CANCELLED -> new CancelOrder(orderId);
            case REJECTED -> new RejectOrder(orderId, code, detail);
        };
    }
}
