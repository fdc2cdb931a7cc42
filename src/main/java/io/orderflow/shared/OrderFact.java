package io.orderflow.shared;

/** An event of any module that concerns one order. */
public interface OrderFact {

    OrderId orderId();
}
