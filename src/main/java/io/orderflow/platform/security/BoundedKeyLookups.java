package io.orderflow.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.SignedJWT;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import java.text.ParseException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Limits calls to the issuer: a token with an unknown key id causes one, even when a stranger has invented it, and
 * other such tokens wait for it. Tokens with keys that have verified one before are not limited.
 */
final class BoundedKeyLookups implements JwtDecoder {

    private static final Duration MEMORY = Duration.ofMinutes(10);
    private static final int REMEMBERED = 100;

    private final JwtDecoder tokens;
    private final Cache<String, Boolean> good = Caffeine.newBuilder().expireAfterWrite(MEMORY).maximumSize(REMEMBERED)
            .build();
    private final Bulkhead atOnce = Bulkhead.of("key-lookups", BulkheadConfig.custom().maxConcurrentCalls(4)
            .maxWaitDuration(Duration.ZERO).build());
    private final RateLimiter perSecond = RateLimiter.of("key-lookups", RateLimiterConfig.custom().limitForPeriod(20)
            .limitRefreshPeriod(Duration.ofSeconds(1)).timeoutDuration(Duration.ZERO).build());

    BoundedKeyLookups(JwtDecoder tokens) {
        this.tokens = tokens;
    }

    /** @throws JwtException beyond the limits; no {@code BadJwtException}, because the token may be good */
    @Override
    public Jwt decode(String token) {
        String key = key(token);
        if (key == null || good.getIfPresent(key) != null) {
            return tokens.decode(token);
        }
        try {
            Jwt verified = atOnce.executeSupplier(() -> perSecond.executeSupplier(() -> tokens.decode(token)));
            good.put(key, true);
            return verified;
        } catch (BulkheadFullException | RequestNotPermitted tooMany) {
            throw new JwtException("Too many tokens with unknown keys", tooMany);
        }
    }

    /** Null when there is none: the issuer is not called then. */
    private static @Nullable String key(String token) {
        try {
            return SignedJWT.parse(token).getHeader().getKeyID();
        } catch (ParseException none) {
            return null;
        }
    }
}
