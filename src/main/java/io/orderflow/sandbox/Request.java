package io.orderflow.sandbox;

/** What was asked under an idempotency key; two requests under one key must be equal. */
record Request(Kind kind, String authorizationId, Amount amount, String method, String merchantReference) {

    static Request authorize(Amount amount, String method, String merchantReference) {
        return new Request(Kind.AUTHORIZATION, null, amount, method, merchantReference);
    }

    static Request on(String authorizationId, Kind kind, Amount amount) {
        return new Request(kind, authorizationId, amount, null, null);
    }
}
