package io.orderflow.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Identity of the payment of an order: {@code pay_} and the suffix of the order's identity. */
public record PaymentId(@JsonValue String value) {

    private static final String PREFIX = "pay_";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PaymentId {
        Identities.requirePrefix(value, PREFIX);
    }

    /** The one payment of this order. */
    public static PaymentId of(OrderId order) {
        return new PaymentId(PREFIX + Identities.suffix(order.value()));
    }

    @Override
    public String toString() {
        return value;
    }
}
