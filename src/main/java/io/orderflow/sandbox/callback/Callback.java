package io.orderflow.sandbox.callback;

import io.orderflow.sandbox.bank.Entry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The notification of a fact; the same fact always has the same id. */
record Callback(String id, String type, String operationId, String authorizationId, @Nullable String merchantReference,
                Instant createdAt) {

    private static final int ID_BYTES = 12;

    static Callback of(Entry entry) {
        return new Callback(idOf(entry), "operation." + entry.status().text(),
                entry.operationId(), entry.authorizationId(), entry.merchantReference(), entry.at());
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
