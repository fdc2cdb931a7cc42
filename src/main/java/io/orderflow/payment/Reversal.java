package io.orderflow.payment;

/** How far giving all of a payment back has come. */
enum Reversal {
    NONE,
    /** Asked for; done as soon as it is known what there is to give back. */
    DEMANDED,
    /** The gateway refused for good; it can be asked for again. */
    FAILED,
    DONE
}
