package io.orderflow.flow;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;

/** An identity provider: signs tokens, and shows the public half of its key over HTTP. */
final class Issuer implements AutoCloseable {

    static final String NAME = "https://issuer.example";

    private final RSAKey key = newKey();
    private final HttpServer http;
    private volatile boolean away;

    private Issuer(HttpServer http) {
        this.http = http;
    }

    static Issuer start() {
        try {
            var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var issuer = new Issuer(http);
            byte[] keys = new JWKSet(issuer.key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            http.createContext("/keys", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(issuer.away ? 500 : 200, keys.length);
                exchange.getResponseBody().write(keys);
                exchange.close();
            });
            http.start();
            return issuer;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the application is told of it. */
    String[] options() {
        return new String[] {"spring.security.oauth2.resourceserver.jwt.issuer-uri=" + NAME,
            "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://127.0.0.1:%d/keys"
                    .formatted(http.getAddress().getPort())};
    }

    /** The header that a caller of this name and these roles sends. */
    String bearer(String subject, String... roles) {
        return bearer(subject, claims -> claims.claim("roles", List.of(roles)));
    }

    String bearer(String subject, UnaryOperator<JWTClaimsSet.Builder> claims) {
        return sign(key, claims(subject, claims));
    }

    /** Signed by a key of somebody else, under this one's name. */
    String forged(String subject, String... roles) {
        return sign(newKey(), claims(subject, claims -> claims.claim("roles", List.of(roles))));
    }

    /** Signed by nobody, which its header says: {@code alg: none}. */
    static String unsigned(String subject, String... roles) {
        return "Bearer " + new PlainJWT(claims(subject, claims -> claims.claim("roles", List.of(roles)))).serialize();
    }

    /** Of a key that is looked for in vain, or cannot be looked for. */
    String underAnotherKey(String subject, String... roles) {
        return sign(new RSAKey.Builder(newKey()).keyID("another").build(),
                claims(subject, claims -> claims.claim("roles", List.of(roles))));
    }

    void setAway(boolean away) {
        this.away = away;
    }

    private static JWTClaimsSet claims(String subject, UnaryOperator<JWTClaimsSet.Builder> claims) {
        return claims.apply(new JWTClaimsSet.Builder().issuer(NAME).subject(subject)
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))).build();
    }

    private static String sign(RSAKey by, JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(by.getKeyID()).build(), claims);
            token.sign(new RSASSASigner(by));
            return "Bearer " + token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID("test").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
