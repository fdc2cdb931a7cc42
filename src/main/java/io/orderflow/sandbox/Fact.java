package io.orderflow.sandbox;

/** What the ledger can say happened. */
enum Fact {

    /** The customer has to answer before the bank does. */
    CHALLENGED(Status.ACTION_REQUIRED),
    /** The bank has not decided yet. */
    PENDING(Status.PENDING),
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

    /** Whether another fact of the same operation will follow. */
    boolean open() {
        return this == CHALLENGED || this == PENDING;
    }
}
