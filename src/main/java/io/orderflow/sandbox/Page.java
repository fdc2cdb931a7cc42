package io.orderflow.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Which part of the ledger is wanted; a null bound bounds nothing. */
record Page(Instant since, String after, Integer limit) {

    static final Page EVERYTHING = new Page(null, null, null);

    Page {
        if (limit != null && limit < 1) {
            throw new IllegalArgumentException("limit must be a positive number");
        }
    }

    List<Recorded> of(List<Recorded> operations) {
        Stream<Recorded> wanted = operations.stream();
        if (after != null) {
            // The operation itself is the first that is not skipped before it.
            wanted = wanted.dropWhile(recorded -> !recorded.entry().operationId().equals(after)).skip(1);
        }
        if (since != null) {
            wanted = wanted.filter(recorded -> !recorded.entry().at().isBefore(since));
        }
        return (limit == null ? wanted : wanted.limit(limit)).toList();
    }
}
