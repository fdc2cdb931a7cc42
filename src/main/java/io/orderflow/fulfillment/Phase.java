package io.orderflow.fulfillment;

import io.orderflow.shared.WaitingOn.Party;

/** How far an order has come, whom it waits on there, and which deadline runs. */
enum Phase {
    RESERVING(Party.STOCK, "stock_reservation", Deadline.RESERVATION_OVERDUE),
    PAYING(Party.GATEWAY, "payment_authorization", Deadline.PAYMENT_OVERDUE),
    CONFIRMED(Party.STAFF, "dispatch", Deadline.DISPATCH_OVERDUE),
    PARTLY_DISPATCHED(Party.STAFF, "dispatch", Deadline.DISPATCH_OVERDUE),
    SHIPPING(Party.GATEWAY, "payment_capture", Deadline.SHIPPING_OVERDUE),
    REVERSING_PAYMENT(Party.GATEWAY, "payment_reversal", Deadline.UNDO_OVERDUE),
    RELEASING_STOCK(Party.STOCK, "stock_release", Deadline.UNDO_OVERDUE),
    /** The order has been told how it ends and has to confirm it. */
    ENDING(Party.CLOCK, "ending", Deadline.UNDO_OVERDUE);

    final Party party;
    final String code;
    final Deadline deadline;

    Phase(Party party, String code, Deadline deadline) {
        this.party = party;
        this.code = code;
        this.deadline = deadline;
    }

    boolean canBeUndone() {
        return this == RESERVING || this == PAYING || this == CONFIRMED;
    }
}
