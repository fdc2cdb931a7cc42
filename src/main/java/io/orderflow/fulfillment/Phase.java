package io.orderflow.fulfillment;

import io.orderflow.shared.WaitingOn.Party;

/** How far an order has come, whom it waits on there, and which deadline runs. */
enum Phase {
    RESERVING(Party.STOCK, "stock_reservation", FulfillmentDeadlines.RESERVATION_OVERDUE),
    PAYING(Party.GATEWAY, "payment_authorization", FulfillmentDeadlines.PAYMENT_OVERDUE),
    CONFIRMED(Party.STAFF, "dispatch", FulfillmentDeadlines.DISPATCH_OVERDUE),
    PARTLY_DISPATCHED(Party.STAFF, "dispatch", FulfillmentDeadlines.DISPATCH_OVERDUE),
    SHIPPING(Party.GATEWAY, "payment_capture", FulfillmentDeadlines.SHIPPING_OVERDUE),
    REVERSING_PAYMENT(Party.GATEWAY, "payment_reversal", FulfillmentDeadlines.UNDO_OVERDUE),
    RELEASING_STOCK(Party.STOCK, "stock_release", FulfillmentDeadlines.UNDO_OVERDUE),
    /** The order has been told how it ends; what is awaited is its word. */
    ENDING(Party.CLOCK, "ending", FulfillmentDeadlines.UNDO_OVERDUE);

    final Party party;
    final String code;
    final String deadline;

    Phase(Party party, String code, String deadline) {
        this.party = party;
        this.code = code;
        this.deadline = deadline;
    }

    boolean canBeUndone() {
        return this == RESERVING || this == PAYING || this == CONFIRMED;
    }
}
