package io.orderflow.sandbox;

/** What the ledger can say happened. */
enum Fact {

    AUTHORIZED(Status.SUCCEEDED),
    DECLINED(Status.DECLINED),
    CAPTURED(Status.SUCCEEDED),
    VOIDED(Status.SUCCEEDED),
    REFUNDED(Status.SUCCEEDED),
    /** No money moved, but the answer under this key is settled for ever. */
    REFUSED(Status.FAILED);

    private final Status status;

    Fact(Status status) {
        this.status = status;
    }

    Status status() {
        return status;
    }
}
