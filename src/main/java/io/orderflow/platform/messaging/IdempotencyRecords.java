package io.orderflow.platform.messaging;

import static io.orderflow.platform.spi.StoredInstant.utc;

import io.orderflow.shared.Identities;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.RequestIdentity;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Idempotency records: the keys of each caller, the identity assigned to each key, and the stored answer. */
@Repository
public class IdempotencyRecords {

    private static final String OF_REQUEST = " WHERE caller = ? AND idempotency_key = ?";

    private final JdbcClient jdbc;
    private final Serializer serializer;
    private final Clock clock;

    IdempotencyRecords(JdbcClient jdbc, Serializer serializer, Clock clock) {
        this.jdbc = jdbc;
        this.serializer = serializer;
        this.clock = clock;
    }

    /**
     * Claims a key, or finds its claim, in a transaction of its own: what follows may commit elsewhere, or never.
     *
     * @param fingerprint hash of method, path and body
     * @throws Refusal when the caller has used the key for another request
     */
    public RequestIdentity claim(String caller, String key, String fingerprint) {
        var now = clock.instant();
        var request = new RequestIdentity(caller, key, fingerprint, Identities.next("", now));
        try {
            jdbc.sql("INSERT INTO platform.idempotency_record (caller, idempotency_key, fingerprint, identity, handled,"
                    + " permanent, claimed_at) VALUES (?, ?, ?, ?, FALSE, FALSE, ?)")
                    .params(caller, key, fingerprint, request.identity(), utc(now)).update();
            return request;
        } catch (DuplicateKeyException claimedBefore) {
            var first = jdbc.sql("SELECT fingerprint, identity FROM platform.idempotency_record" + OF_REQUEST)
                    .params(caller, key).query((row, number) -> new RequestIdentity(caller, key,
                            row.getString("fingerprint"), row.getString("identity"))).single();
            if (!first.fingerprint().equals(fingerprint)) {
                throw new Refusal(Refusal.Kind.INVALID, "idempotency_key_reused",
                        "This Idempotency-Key was used for another request; use a new key for a new request.");
            }
            return first;
        }
    }

    /**
     * Locks the claim until the transaction of the effect ends; a concurrent duplicate waits for it.
     *
     * @param permanent whether the record has to be kept for ever
     * @return false when the request has taken effect before
     */
    boolean begin(RequestIdentity request, boolean permanent) {
        return jdbc.sql("UPDATE platform.idempotency_record SET handled = TRUE, permanent = ?" + OF_REQUEST
                + " AND handled = FALSE").params(permanent, request.caller(), request.key()).update() > 0;
    }

    void answered(RequestIdentity request, @Nullable Object result) {
        if (result != null) {
            SerializedObject<byte[]> written = serializer.serialize(result, byte[].class);
            jdbc.sql("UPDATE platform.idempotency_record SET result_type = ?, result = ?" + OF_REQUEST)
                    .params(written.getType().getName(), written.getData(), request.caller(), request.key()).update();
        }
    }

    @Nullable Object answer(RequestIdentity request) {
        return jdbc.sql("SELECT result_type, result FROM platform.idempotency_record" + OF_REQUEST
                + " AND result_type IS NOT NULL").params(request.caller(), request.key())
                .query((row, number) -> (Object) serializer.deserialize(new SimpleSerializedObject<>(
                        row.getBytes("result"), byte[].class, row.getString("result_type"), null)))
                .optional().orElse(null);
    }

    /** Deletes about as many as the limit of the oldest records that are not permanent. Returns how many. */
    int deleteBefore(Instant instant, int limit) {
        return jdbc.sql("SELECT MAX(claimed_at) FROM (SELECT claimed_at FROM platform.idempotency_record"
                        + " WHERE permanent = FALSE AND claimed_at < ? ORDER BY claimed_at LIMIT ?) oldest")
                .params(utc(instant), limit)
                .query((row, number) -> row.getObject(1, OffsetDateTime.class)).optional()
                .map(last -> jdbc.sql("DELETE FROM platform.idempotency_record WHERE permanent = FALSE"
                        + " AND claimed_at <= ?").param(last).update()).orElse(0);
    }
}
