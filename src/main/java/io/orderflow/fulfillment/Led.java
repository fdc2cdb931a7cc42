package io.orderflow.fulfillment;

/** A saga, as far as it matters to whoever may have to hold its facts back. */
interface Led {

    /** Whether it has handled the fact that begins it. */
    boolean hasBegun();
}
