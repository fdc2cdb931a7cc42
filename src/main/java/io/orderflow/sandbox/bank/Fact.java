package io.orderflow.sandbox.bank;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a ledger line records. */
public enum Fact {

    /** The customer has to authenticate first. */
    CHALLENGED(Status.ACTION_REQUIRED),
    /** The bank has not decided yet. */
    PENDING(Status.PENDING),
    AUTHORIZED(Status.SUCCEEDED),
    DECLINED(Status.DECLINED),
    CAPTURED(Status.SUCCEEDED),
    VOIDED(Status.SUCCEEDED),
    REFUNDED(Status.SUCCEEDED),
    /** No money moved, and the key is used up. */
    REFUSED(Status.FAILED);

    private final Status status;

    /** The state of an operation as clients see it; the first three are final. */
    public enum Status {

        SUCCEEDED, DECLINED, FAILED, ACTION_REQUIRED, PENDING;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Fact(Status status) {
        this.status = status;
    }

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    Status status() {
        return status;
    }

    /** Whether another fact of the same operation will follow. */
    boolean isOpen() {
        return this == CHALLENGED || this == PENDING;
    }
}
