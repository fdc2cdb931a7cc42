package io.orderflow.sandbox;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ledger in memory: each operation's latest fact, what is left of each authorization; guarded by the bank's lock. */
final class LedgerState {

    private static final String ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private final Map<String, Recorded> operations = new LinkedHashMap<>();
    private final Map<String, Authorization> authorizations = new HashMap<>();
    private final SecureRandom random = new SecureRandom();

    Recorded enter(Recorded recorded) {
        var entry = recorded.entry();
        // A second fact keeps the place of the first.
        var before = Optional.ofNullable(operations.put(entry.operationId(), recorded)).map(Recorded::entry);
        if (entry.kind() == Kind.AUTHORIZATION) {
            authorizations.computeIfAbsent(entry.authorizationId(), id -> new Authorization(entry));
        }
        authorization(entry.authorizationId()).ifPresent(authorization -> authorization.apply(entry, before));
        return recorded;
    }

    Optional<Recorded> operation(String id) {
        return Optional.ofNullable(operations.get(id));
    }

    /** In the order in which they first appeared. */
    List<Recorded> operations() {
        return List.copyOf(operations.values());
    }

    Optional<Authorization> authorization(String id) {
        return Optional.ofNullable(authorizations.get(id));
    }

    /** The operation that opened an authorization whose customer is, or was, challenged. */
    Optional<Recorded> challenged(String authorizationId) {
        return authorization(authorizationId).filter(authorization -> authorization.script().challenges())
                .flatMap(authorization -> operation(authorization.opening().operationId()));
    }

    /** What opened an authorization that was voided and does not say so yet. */
    Optional<Entry> cancelled(String authorizationId) {
        return authorization(authorizationId).filter(Authorization::cancelled).map(Authorization::opening);
    }

    String newAuthorizationId() {
        String id;
        do {
            var text = new StringBuilder("auth_");
            random.ints(12, 0, ID_ALPHABET.length()).forEach(i -> text.append(ID_ALPHABET.charAt(i)));
            id = text.toString();
        } while (authorizations.containsKey(id));
        return id;
    }
}
