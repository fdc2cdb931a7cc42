package io.orderflow.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/**
 * How far a processor has come: everything up to an index, but for the numbers that it still waits for.
 *
 * @param index -1 before the first event
 */
record Position(long index, Set<Long> gaps) {

    static final Position START = new Position(-1, Set.of());

    /** @param token as Axon stores it; null before the first event */
    static Position of(JsonNode token) {
        if (token == null || token.isNull()) {
            return START;
        }
        if (token.has("currentToken")) {
            return of(token.path("currentToken"));
        }
        var gaps = new HashSet<Long>();
        token.path("gaps").forEach(gap -> gaps.add(gap.asLong()));
        return new Position(token.path("index").asLong(-1), gaps);
    }

    boolean covers(long event) {
        return event <= index && !gaps.contains(event);
    }
}
