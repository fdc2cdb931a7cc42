package io.orderflow.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Identity of an order: {@code ord_} and 26 characters, which begin with the time. */
public record OrderId(@JsonValue String value) {

    private static final String PREFIX = "ord_";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public OrderId {
        Identities.requirePrefix(value, PREFIX);
    }

    /** The identity of the order that a request places, unless its reference is in use. */
    public static OrderId of(RequestIdentity request) {
        return new OrderId(request.id(PREFIX));
    }

    /** Whether a text has the form of an order's identity. */
    public static boolean hasPrefix(String value) {
        return value.startsWith(PREFIX);
    }

    @Override
    public String toString() {
        return value;
    }
}
