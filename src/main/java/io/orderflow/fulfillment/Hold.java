package io.orderflow.fulfillment;

/** State of the reservation of one SKU for an order. */
enum Hold {
    /** Requested, not answered yet. */
    REQUESTED,
    HELD,
    /** Release requested, not answered yet. */
    RELEASING,
    /** Refused or released. */
    NONE
}
