package io.orderflow.sandbox;

import java.time.Instant;

/** The answer to an operation, and to whoever looks it up later: once it is settled, always the same bytes. */
record Operation(String operationId, String authorizationId, Kind kind, Status status, String code, Amount amount,
                 Instant captureBefore, NextAction nextAction) {

    static Operation of(Entry entry, String gatewayUrl) {
        return new Operation(entry.operationId(), entry.authorizationId(), entry.kind(), entry.status(),
                entry.code(), entry.amount(), entry.captureBefore(), NextAction.of(entry, gatewayUrl));
    }

    /** Where the customer has to go, and until when. */
    record NextAction(String type, String url, Instant expiresAt) {

        private static NextAction of(Entry entry, String gatewayUrl) {
            return entry.fact() == Fact.CHALLENGED
                    ? new NextAction("redirect", gatewayUrl + ChallengeApi.path(entry.authorizationId()), entry.due())
                    : null;
        }
    }
}
