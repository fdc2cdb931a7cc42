package io.orderflow.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;

class BoundedKeyLookupsTest {

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void are_few_in_a_second_for_tokens_that_are_made_up() {
        var tokens = new BoundedKeyLookups(token -> {
            asked.incrementAndGet();
            throw new BadJwtException("no such key");
        });
        long start = System.nanoTime();
        for (int made = 0; made < 200; made++) {
            String token = token("made-up-" + made);
            assertThatThrownBy(() -> tokens.decode(token)).isInstanceOf(JwtException.class);
        }

        long seconds = 1 + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        assertThat(asked.get()).isBetween(1, (int) Math.min(199, 20 * (seconds + 1)));
    }

    @Test
    void hold_up_nobody_whose_key_is_known() throws Exception {
        var away = new CountDownLatch(1);
        var waiting = ConcurrentHashMap.<String>newKeySet();
        var tokens = new BoundedKeyLookups(token -> {
            if (!token.equals(token("known"))) {
                waiting.add(token);
                await(away);
                throw new BadJwtException("no such key");
            }
            return Jwt.withTokenValue(token).header("alg", "RS256").subject("ada").build();
        });
        tokens.decode(token("known"));
        var strangers = new CompletableFuture<?>[10];
        for (int stranger = 0; stranger < strangers.length; stranger++) {
            String token = token("made-up-" + stranger);
            strangers[stranger] = CompletableFuture.runAsync(() -> tokens.decode(token), task -> new Thread(task).start())
                    .handle((none, failure) -> failure.getCause());
        }
        try {
            Awaitility.await().until(() -> waiting.size() == 4);

            assertThat(tokens.decode(token("known")).getSubject()).isEqualTo("ada");
        } finally {
            away.countDown();
        }
        CompletableFuture.allOf(strangers).get(10, TimeUnit.SECONDS);
        assertThat(waiting).hasSize(4);
    }

    private static String token(String key) {
        return encoded("{\"alg\":\"RS256\",\"kid\":\"" + key + "\"}") + '.' + encoded("{\"sub\":\"ada\"}") + '.' + encoded("x");
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
