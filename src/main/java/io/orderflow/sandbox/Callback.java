package io.orderflow.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** The news that an operation reached a fact; the same fact always makes the same callback. */
record Callback(String id, String type, String operationId, String authorizationId, String merchantReference,
                Instant createdAt) {

    private static final int ID_BYTES = 12;

    static Callback of(Entry entry) {
        return new Callback(idOf(entry), "operation." + Json.name(entry.status()), entry.operationId(),
                entry.authorizationId(), entry.merchantReference(), entry.at());
    }

    private static String idOf(Entry entry) {
        var fact = entry.at() + " " + entry.fact() + " " + entry.operationId();
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(fact.getBytes(StandardCharsets.UTF_8));
            return "cb_" + HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
