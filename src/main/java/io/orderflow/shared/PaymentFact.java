package io.orderflow.shared;

/** A fact about the money of an order. */
public interface PaymentFact extends OrderFact {

    /** Where the payment stands once this has happened. */
    PaymentStatus paymentStatus();
}
