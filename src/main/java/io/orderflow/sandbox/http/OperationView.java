package io.orderflow.sandbox.http;

import io.orderflow.sandbox.bank.Amount;
import io.orderflow.sandbox.bank.Entry;
import io.orderflow.sandbox.bank.Fact;
import io.orderflow.sandbox.bank.Kind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An operation as clients see it: once it is settled, always the same bytes. */
record OperationView(String operationId, String authorizationId, Kind kind, Fact.Status status, @Nullable String code,
                     @Nullable Amount amount, @Nullable Instant captureBefore, @Nullable NextAction nextAction) {

    /** Where the customer has to authenticate, and until when. */
    record NextAction(String type, String url, Instant expiresAt) { }

    static OperationView of(Entry entry, String gatewayUrl) {
        var next = entry.fact() != Fact.CHALLENGED ? null
                : new NextAction("redirect", gatewayUrl + ChallengePages.path(entry), entry.due());
        return new OperationView(entry.operationId(), entry.authorizationId(), entry.kind(), entry.status(),
                entry.code(), entry.amount(), entry.captureBefore(), next);
    }
}
