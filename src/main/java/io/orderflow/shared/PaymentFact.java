package io.orderflow.shared;

/** A fact about the money of an order. */
public interface PaymentFact extends OrderFact {

    /** The status of the payment after the event. */
    PaymentStatus paymentStatus();
}
