package io.orderflow.platform.messaging;

import static io.orderflow.shared.StoredInstant.utc;

import io.orderflow.shared.Refusal;
import io.orderflow.shared.RequestIdentity;
import io.orderflow.shared.RequestKeys;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The requests that have taken effect and what was answered; written in the transaction of the effect. */
@Repository
class HandledRequests implements RequestKeys {

    private final JdbcClient jdbc;
    private final Serializer serializer;
    private final Clock clock;

    HandledRequests(JdbcClient jdbc, Serializer serializer, Clock clock) {
        this.jdbc = jdbc;
        this.serializer = serializer;
        this.clock = clock;
    }

    /** What was answered, and to what. */
    record Handled(String fingerprint, Object result) {

        /** @throws Refusal when it was another request under the same key */
        void requireSame(RequestIdentity request) {
            if (!request.fingerprint().equals(fingerprint)) {
                throw new Refusal(Refusal.Kind.INVALID, "idempotency_key_reused",
                        "This Idempotency-Key was used for another request; use a new key for a new request.");
            }
        }
    }

    Optional<Handled> find(RequestIdentity request) {
        return jdbc.sql("SELECT fingerprint, result_type, result FROM platform.handled_request WHERE request_id = ?")
                .param(id(request))
                .query((row, number) -> new Handled(row.getString("fingerprint"),
                        read(row.getString("result_type"), row.getBytes("result"))))
                .optional();
    }

    @Override
    public void claim(RequestIdentity request) {
        try {
            add(request, false);
        } catch (DuplicateKeyException claimedBefore) {
            find(request).ifPresent(handled -> handled.requireSame(request));
        }
    }

    /**
     * Claims the request; a concurrent duplicate waits here for the first to end.
     *
     * @param permanent whether it has to be kept for ever
     * @throws DuplicateKeyException when the first has taken effect
     */
    void add(RequestIdentity request, boolean permanent) {
        jdbc.sql("INSERT INTO platform.handled_request (request_id, fingerprint, permanent, handled_at)"
                + " VALUES (?, ?, ?, ?)").params(id(request), request.fingerprint(), permanent, utc(clock.instant()))
                .update();
    }

    void answered(RequestIdentity request, Object result) {
        if (result != null) {
            SerializedObject<byte[]> written = serializer.serialize(result, byte[].class);
            jdbc.sql("UPDATE platform.handled_request SET result_type = ?, result = ? WHERE request_id = ?")
                    .params(written.getType().getName(), written.getData(), id(request)).update();
        }
    }

    /** Deletes the oldest of those that need not be kept for ever, about so many, and says how many. */
    int deleteBefore(Instant instant, int limit) {
        return jdbc.sql("SELECT MAX(handled_at) FROM (SELECT handled_at FROM platform.handled_request"
                        + " WHERE permanent = FALSE AND handled_at < ? ORDER BY handled_at LIMIT ?) oldest")
                .params(utc(instant), limit)
                .query((row, number) -> row.getObject(1, OffsetDateTime.class)).optional()
                .map(last -> jdbc.sql("DELETE FROM platform.handled_request WHERE permanent = FALSE AND handled_at <= ?")
                        .param(last).update()).orElse(0);
    }

    private Object read(String type, byte[] result) {
        return type == null ? null
                : serializer.deserialize(new SimpleSerializedObject<>(result, byte[].class, type, null));
    }

    private static String id(RequestIdentity request) {
        return request.derive("req_");
    }
}
