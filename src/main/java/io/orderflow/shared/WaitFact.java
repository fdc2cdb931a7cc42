package io.orderflow.shared;

/** A fact after which an order waits on somebody, or on somebody else than before. */
public interface WaitFact extends OrderFact {

    /** Whom the order waits on after it; null when nothing is awaited. */
    WaitingOn waitingOn();
}
