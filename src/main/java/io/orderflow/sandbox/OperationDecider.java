package io.orderflow.sandbox;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Decides by the books and the token what an operation comes to, at once and in the end; guarded by the bank's lock. */
final class OperationDecider {

    private final LedgerState books;
    private final Timing timing;

    OperationDecider(LedgerState books, Timing timing) {
        this.books = books;
        this.timing = timing;
    }

    Entry decide(String key, Request request) {
        return request.kind() == Kind.AUTHORIZATION ? opening(key, request) : following(key, request);
    }

    /** What an open operation comes to when nothing else happens, or nothing else can. */
    Entry inTheEnd(Entry open) {
        var authorization = books.authorization(open.authorizationId()).orElseThrow();
        if (open.kind() == Kind.REFUND) {
            return settled(open, authorization.script().refundLater());
        }
        return settled(open, authorization.cancelled() ? Decision.declined("cancelled") : authorization.script().later());
    }

    /** The customer's answer holds if it comes in time. */
    Entry answered(Entry challenged, Decision answer) {
        return now().isBefore(challenged.due()) ? settled(challenged, answer) : inTheEnd(challenged);
    }

    private Entry opening(String key, Request request) {
        var now = now();
        var script = Token.scriptOf(request.method());
        var verdict = script.authorization();
        return new Entry(now, verdict.fact(), request.kind(), key, books.newAuthorizationId(),
                request.merchantReference(), request.method(), request.amount(), verdict.code(),
                timing.captureBefore(verdict.fact(), script, now), timing.due(verdict.fact(), now));
    }

    private Entry following(String key, Request request) {
        var now = now();
        var authorization = books.authorization(request.authorizationId());
        var verdict = authorization.map(found -> verdictOn(request, found, now))
                .orElseGet(() -> Decision.refused("unknown_authorization"));
        var amount = verdict.fact() == Fact.VOIDED ? authorization.orElseThrow().releasable() : request.amount();
        return new Entry(now, verdict.fact(), request.kind(), key, request.authorizationId(),
                authorization.map(found -> found.opening().merchantReference()).orElse(null), null, amount,
                verdict.code(), null, timing.due(verdict.fact(), now));
    }

    private static Decision verdictOn(Request request, Authorization authorization, Instant now) {
        var refundsTakeTime = authorization.script().refundLater() != null;
        return authorization.refusalOf(request, now).map(Decision::refused).orElseGet(() ->
                Decision.of(request.kind() == Kind.REFUND && refundsTakeTime ? Fact.PENDING : request.kind().success()));
    }

    private Entry settled(Entry open, Decision verdict) {
        var now = now();
        return open.settled(now, verdict,
                timing.captureBefore(verdict.fact(), Token.scriptOf(open.method()), now));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
