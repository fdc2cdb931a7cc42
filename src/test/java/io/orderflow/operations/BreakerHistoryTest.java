package io.orderflow.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BreakerHistoryTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:30Z");
    private static final Instant MINUTE = Instant.parse("2026-03-02T12:00:00Z");

    private final CircuitBreaker breaker = CircuitBreaker.ofDefaults("charges");
    private final BreakerHistory calls = new BreakerHistory(breaker, Clock.fixed(NOON, ZoneOffset.UTC));

    @Test
    void are_counted_and_measured_by_minute() {
        IntStream.rangeClosed(1, 19).forEach(call -> breaker.onSuccess(call * 10, TimeUnit.MILLISECONDS));
        breaker.onError(5, TimeUnit.SECONDS, new IllegalStateException("no answer"));

        assertThat(calls.minutes(MINUTE)).containsExactly(new BreakerHistory.Minute("charges", MINUTE, 20, 1, 100, 190));
    }

    @Test
    void of_earlier_minutes_are_left_out() {
        breaker.onSuccess(10, TimeUnit.MILLISECONDS);

        assertThat(calls.minutes(NOON.plusSeconds(1))).isEmpty();
    }

    @Test
    void make_room_for_newer_ones() {
        IntStream.rangeClosed(1, 6_000).forEach(call -> breaker.onSuccess(call, TimeUnit.MILLISECONDS));

        assertThat(calls.minutes(MINUTE)).extracting(BreakerHistory.Minute::calls).containsExactly(5_000);
    }
}
