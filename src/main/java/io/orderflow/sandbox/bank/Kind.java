package io.orderflow.sandbox.bank;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The operations a client can request. */
public enum Kind {

    AUTHORIZATION(Fact.AUTHORIZED),
    CAPTURE(Fact.CAPTURED),
    VOID(Fact.VOIDED),
    REFUND(Fact.REFUNDED);

    private final Fact success;

    Kind(Fact success) {
        this.success = success;
    }

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    Fact success() {
        return success;
    }
}
