package io.orderflow.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Decides what each operation comes to, once per idempotency key, and answers only what is durable. */
final class Bank implements AutoCloseable {

    private static final String ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final CompletableFuture<Void> REPLAYED = CompletableFuture.completedFuture(null);

    private final Map<String, Recorded> operations = new LinkedHashMap<>();
    private final Map<String, Authorization> authorizations = new HashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final Ledger ledger;

    Bank(Path ledgerFile) throws IOException {
        ledger = Ledger.open(ledgerFile, entry -> remember(entry, REPLAYED));
    }

    /** Does what is asked unless this key was used before; either way the outcome is on disk when this returns. */
    Performed perform(String key, Request request, Optional<String> declineCode) {
        Recorded recorded;
        boolean fresh;
        // Deciding and queueing share the lock, so the ledger's order is the order of the decisions; waiting for the disk does not.
        synchronized (this) {
            recorded = operations.get(key);
            fresh = recorded == null;
            if (fresh) {
                var entry = decide(key, request, declineCode);
                recorded = remember(entry, ledger.append(entry));
            }
        }
        if (!fresh && !recorded.entry().answers(request)) {
            throw new ApiError(422, "idempotency_key_reused", "This key was used for another request");
        }
        return new Performed(recorded.onceDurable(), fresh);
    }

    Optional<Entry> find(String key) {
        Recorded recorded;
        synchronized (this) {
            recorded = operations.get(key);
        }
        return Optional.ofNullable(recorded).map(Recorded::onceDurable);
    }

    List<Entry> entries() {
        List<Recorded> all;
        synchronized (this) {
            all = new ArrayList<>(operations.values());
        }
        return all.stream().map(Recorded::onceDurable).toList();
    }

    @Override
    public void close() {
        ledger.close();
    }

    private Entry decide(String key, Request request, Optional<String> declineCode) {
        if (request.kind() == Kind.AUTHORIZATION) {
            return entry(declineCode.isEmpty() ? Fact.AUTHORIZED : Fact.DECLINED, key, request, newAuthorizationId(),
                    request.merchantReference(), request.amount(), declineCode.orElse(null));
        }
        var authorization = authorizations.get(request.authorizationId());
        if (authorization == null) {
            return entry(Fact.REFUSED, key, request, request.authorizationId(), null, request.amount(),
                    "unknown_authorization");
        }
        var refusal = authorization.refusalOf(request);
        if (refusal.isPresent()) {
            return entry(Fact.REFUSED, key, request, request.authorizationId(), authorization.merchantReference(),
                    request.amount(), refusal.get());
        }
        var amount = request.kind() == Kind.VOID ? authorization.releasable() : request.amount();
        return entry(request.kind().success(), key, request, request.authorizationId(),
                authorization.merchantReference(), amount, null);
    }

    private static Entry entry(Fact fact, String key, Request request, String authorizationId,
                               String merchantReference, Amount amount, String code) {
        return new Entry(Instant.now().truncatedTo(ChronoUnit.MILLIS), fact, request.kind(), key, authorizationId,
                merchantReference, request.method(), amount, code);
    }

    private Recorded remember(Entry entry, CompletableFuture<Void> durable) {
        var recorded = new Recorded(entry, durable);
        operations.put(entry.operationId(), recorded);
        if (entry.kind() == Kind.AUTHORIZATION) {
            authorizations.put(entry.authorizationId(), new Authorization(entry));
        } else if (entry.fact() != Fact.REFUSED) {
            authorizations.get(entry.authorizationId()).apply(entry);
        }
        return recorded;
    }

    private String newAuthorizationId() {
        String id;
        do {
            var text = new StringBuilder("auth_");
            random.ints(12, 0, ID_ALPHABET.length()).forEach(i -> text.append(ID_ALPHABET.charAt(i)));
            id = text.toString();
        } while (authorizations.containsKey(id));
        return id;
    }

    /** An outcome, and whether this very call brought it about. */
    record Performed(Entry entry, boolean fresh) { }

    private record Recorded(Entry entry, CompletableFuture<Void> durable) {

        /** Fails when the disk did: then nobody knows, and only a restart can tell. */
        Entry onceDurable() {
            durable.join();
            return entry;
        }
    }
}
