package io.orderflow.sandbox;

/** The answer to an operation, and to whoever looks it up later: always the same bytes. */
record Operation(String operationId, String authorizationId, Kind kind, Status status, String code, Amount amount) {

    static Operation of(Entry entry) {
        return new Operation(entry.operationId(), entry.authorizationId(), entry.kind(), entry.fact().status(),
                entry.code(), entry.amount());
    }
}
