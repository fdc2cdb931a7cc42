package io.orderflow.sandbox.bank;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The ledger in memory, and the decisions that follow from it and from the token. Guarded by the bank's lock. */
final class Accounts {

    private final Map<String, Recorded> operations = new LinkedHashMap<>();
    private final Map<String, Authorization> authorizations = new HashMap<>();
    private final Timing timing;

    Accounts(Timing timing) {
        this.timing = timing;
    }

    Recorded enter(Recorded recorded) {
        var entry = recorded.entry();
        // A second fact keeps the place of the first.
        var previous = operations.put(entry.operationId(), recorded);
        if (entry.kind() == Kind.AUTHORIZATION) {
            authorizations.computeIfAbsent(entry.authorizationId(), id -> new Authorization(entry));
        }
        var authorization = authorizations.get(entry.authorizationId());
        if (authorization != null) {
            authorization.apply(entry, previous == null ? null : previous.entry());
        }
        return recorded;
    }

    Optional<Recorded> operation(String id) {
        return Optional.ofNullable(operations.get(id));
    }

    /** The latest fact of each operation, in the order in which they began. */
    List<Recorded> operations() {
        return List.copyOf(operations.values());
    }

    /** The authorization operation whose customer is, or was, challenged. */
    Optional<Recorded> challenged(String authorizationId) {
        return Optional.ofNullable(authorizations.get(authorizationId))
                .filter(authorization -> authorization.scenario().isChallenging())
                .flatMap(authorization -> operation(authorization.opening().operationId()));
    }

    /** The open authorization operation that a void has cancelled. */
    Optional<Entry> cancelled(String authorizationId) {
        return Optional.ofNullable(authorizations.get(authorizationId)).filter(Authorization::isCancelled)
                .map(Authorization::opening);
    }

    Entry decide(String key, Request request) {
        return request.kind() == Kind.AUTHORIZATION ? authorize(key, request)
                : decideOn(authorizations.get(request.authorizationId()), key, request);
    }

    private Entry authorize(String key, Request request) {
        var now = now();
        var scenario = Scenario.of(request.method());
        var decision = scenario.authorization();
        return new Entry(now, decision.fact(), request.kind(), key, newAuthorizationId(), request.merchantReference(),
                request.method(), request.amount(), decision.code(),
                timing.captureBefore(decision.fact(), scenario, now), timing.due(decision.fact(), now));
    }

    private Entry decideOn(@Nullable Authorization authorization, String key, Request request) {
        var now = now();
        var refusal = authorization == null ? "unknown_authorization" : authorization.refusalOf(request, now);
        var fact = refusal != null ? Fact.REFUSED
                : request.kind() == Kind.REFUND && authorization.scenario().laterRefund() != null ? Fact.PENDING
                : request.kind().success();
        return new Entry(now, fact, request.kind(), key, request.authorizationId(),
                authorization == null ? null : authorization.opening().merchantReference(), null,
                fact == Fact.VOIDED ? authorization.releasable() : request.amount(), refusal, null,
                timing.due(fact, now));
    }

    /** The final fact of an open operation that is due or cancelled. */
    Entry settled(Entry open) {
        var authorization = authorizations.get(open.authorizationId());
        var scenario = authorization.scenario();
        return settled(open, open.kind() == Kind.REFUND ? scenario.laterRefund()
                : authorization.isCancelled() ? Decision.declined("cancelled") : scenario.later());
    }

    /** The customer's answer to a challenge counts only until it is due. */
    Entry answered(Entry challenged, Decision answer) {
        return now().isBefore(challenged.due()) ? settled(challenged, answer) : settled(challenged);
    }

    private Entry settled(Entry open, Decision decision) {
        var now = now();
        var scenario = authorizations.get(open.authorizationId()).scenario();
        return open.settled(now, decision, timing.captureBefore(decision.fact(), scenario, now));
    }

    private String newAuthorizationId() {
        String id;
        do {
            id = "auth_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        } while (authorizations.containsKey(id));
        return id;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
