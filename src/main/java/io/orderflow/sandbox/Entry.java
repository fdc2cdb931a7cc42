package io.orderflow.sandbox;

import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;

/**
 * One line of the ledger: what became of one operation, and enough of its request to recognise it again.
 *
 * @param captureBefore when an authorization ends; null for everything else
 * @param due           when an open operation settles by itself; null when it is settled
 */
@JsonIgnoreProperties(value = "status", allowGetters = true)
record Entry(Instant at, Fact fact, Kind kind, String operationId, String authorizationId, String merchantReference,
             String method, Amount amount, String code, Instant captureBefore, Instant due) {

    @JsonGetter("status")
    Status status() {
        return fact.status();
    }

    boolean open() {
        return fact.open();
    }

    /** The second line of an operation whose first line left it open. */
    Entry settled(Instant now, Decision verdict, Instant newCaptureBefore) {
        return new Entry(now, verdict.fact(), kind, operationId, authorizationId, merchantReference, method, amount,
                verdict.code(), newCaptureBefore, null);
    }

    boolean answers(Request request) {
        return request.equals(request());
    }

    private Request request() {
        return switch (kind) {
            case AUTHORIZATION -> Request.authorize(amount, method, merchantReference);
            case CAPTURE, REFUND -> Request.on(authorizationId, kind, amount);
            // A void names no amount; the entry holds what it released.
            case VOID -> Request.on(authorizationId, kind, null);
        };
    }
}
