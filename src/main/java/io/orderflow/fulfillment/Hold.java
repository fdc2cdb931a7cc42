package io.orderflow.fulfillment;

/** What is known of the stock held for one SKU of an order. */
enum Hold {
    /** Asked for, not answered yet. */
    REQUESTED,
    HELD,
    /** Asked to be given back, not answered yet. */
    RELEASING,
    /** Nothing is held: refused or given back. */
    NONE
}
