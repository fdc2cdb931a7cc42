package io.orderflow.sandbox;

/** What a client can ask for. */
enum Kind {

    AUTHORIZATION(Fact.AUTHORIZED),
    CAPTURE(Fact.CAPTURED),
    VOID(Fact.VOIDED),
    REFUND(Fact.REFUNDED);

    private final Fact success;

    Kind(Fact success) {
        this.success = success;
    }

    Fact success() {
        return success;
    }
}
