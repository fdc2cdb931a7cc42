package io.orderflow.shared;

/** A fact that concerns one order, whichever module announces it. */
public interface OrderFact {

    OrderId orderId();
}
