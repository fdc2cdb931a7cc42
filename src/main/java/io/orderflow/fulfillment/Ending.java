package io.orderflow.fulfillment;

import io.orderflow.order.command.CancelOrder;
import io.orderflow.order.command.CompleteOrder;
import io.orderflow.order.command.RejectOrder;
import io.orderflow.shared.OrderId;

/**
 * How an order is to end.
 *
 * @param code   why it is rejected, null otherwise
 * @param detail the same in words, null otherwise
 */
record Ending(Kind kind, String code, String detail) {

    enum Kind {
        COMPLETED, CANCELLED, REJECTED
    }

    static Ending completed() {
        return new Ending(Kind.COMPLETED, null, null);
    }

    static Ending cancelled() {
        return new Ending(Kind.CANCELLED, null, null);
    }

    static Ending rejected(String code, String detail) {
        return new Ending(Kind.REJECTED, code, detail);
    }

    static Ending reservationTimeout() {
        return rejected("reservation_timeout", "Stock was not set aside in time.");
    }

    static Ending paymentTimeout() {
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
