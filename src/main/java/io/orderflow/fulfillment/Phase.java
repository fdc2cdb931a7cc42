package io.orderflow.fulfillment;

import io.orderflow.shared.WaitingOn.Code;

/** A phase of an order, with what the order waits for in it and its deadline. */
enum Phase {
    RESERVING(Code.STOCK_RESERVATION, Deadline.RESERVATION_OVERDUE),
    PAYING(Code.PAYMENT_AUTHORIZATION, Deadline.PAYMENT_OVERDUE),
    CONFIRMED(Code.DISPATCH, Deadline.DISPATCH_OVERDUE),
    PARTLY_DISPATCHED(Code.DISPATCH, Deadline.DISPATCH_OVERDUE),
    SHIPPING(Code.PAYMENT_CAPTURE, Deadline.SHIPPING_OVERDUE),
    REVERSING_PAYMENT(Code.PAYMENT_REVERSAL, Deadline.UNDO_OVERDUE),
    RELEASING_STOCK(Code.STOCK_RELEASE, Deadline.UNDO_OVERDUE),
    /** The command that ends the order has been sent; its event has not come. */
    ENDING(Code.ENDING, Deadline.UNDO_OVERDUE);

    final Code code;
    final Deadline deadline;

    Phase(Code code, Deadline deadline) {
        this.code = code;
        this.deadline = deadline;
    }

    boolean canBeUndone() {
        return this == RESERVING || this == PAYING || this == CONFIRMED;
    }
}
