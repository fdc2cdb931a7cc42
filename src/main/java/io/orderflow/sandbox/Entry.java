package io.orderflow.sandbox;

import java.time.Instant;

/** One line of the ledger: what became of one operation, and enough of its request to recognise it again. */
record Entry(Instant at, Fact fact, Kind kind, String operationId, String authorizationId, String merchantReference,
             String method, Amount amount, String code) {

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
