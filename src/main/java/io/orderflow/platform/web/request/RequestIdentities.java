package io.orderflow.platform.web.request;

import io.orderflow.platform.messaging.IdempotencyRecords;
import io.orderflow.shared.RequestIdentity;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/** Claims the {@code Idempotency-Key} of a request, and passes the claim on to the commands that the request sends. */
@Component
class RequestIdentities {

    private final IdempotencyRecords records;

    RequestIdentities(IdempotencyRecords records) {
        this.records = records;
    }

    RequestIdentity of(HttpServletRequest request) {
        var identity = records.claim(Callers.name(request),
                IdempotencyKey.of(Collections.list(request.getHeaders(IdempotencyKey.HEADER))), fingerprint(request));
        request.setAttribute(RequestIdentity.class.getName(), identity);
        return identity;
    }

    private static String fingerprint(HttpServletRequest request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((request.getMethod() + ' ' + request.getRequestURI() + '\n')
                    .getBytes(StandardCharsets.UTF_8));
            digest.update(WebUtils.getNativeRequest(request, BufferedBody.class).bytes());
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
