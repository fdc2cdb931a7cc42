package io.orderflow.payment;

/** State of the reversal of a payment. */
enum Reversal {
    NONE,
    /** Requested; done as soon as it is known what there is to reverse. */
    DEMANDED,
    /** The gateway finally refused; it can be requested again. */
    FAILED,
    DONE
}
