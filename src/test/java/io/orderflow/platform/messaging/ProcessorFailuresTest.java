package io.orderflow.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.shared.MovingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.DefaultInterceptorChain;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Status;

/**
 * When a failing processor makes its node unready: tolerance is two minutes, retries are less than three minutes apart.
 */
class ProcessorFailuresTest {

    private static final String PROCESSOR = "some-projection";

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-28T12:00:00Z"));
    private final ProcessorFailures failures = new ProcessorFailures(clock);
    private final ProcessorsHealthIndicator health = new ProcessorsHealthIndicator(failures, Duration.ofMinutes(2));

    @Test
    void a_failure_is_reported_at_once_and_tolerated_for_a_while() {
        batch(true);

        assertThat(failures.error(PROCESSOR, 0)).hasValueSatisfying(error -> assertThat(error).contains("no room"));
        assertThat(failures.error(PROCESSOR, 1)).isEmpty();
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void a_persistent_failure_is_not_tolerated_until_a_batch_succeeds() {
        batch(true);
        clock.move(Duration.ofMinutes(1));
        batch(true);
        assertThat(status()).isEqualTo(Status.UP);
        clock.move(Duration.ofMinutes(1));
        batch(true);
        assertThat(status()).isEqualTo(Status.DOWN);

        batch(false);

        assertThat(status()).isEqualTo(Status.UP);
        assertThat(failures.error(PROCESSOR, 0)).isEmpty();
    }

    /** Another node has taken over the segment after one failure here. */
    @Test
    void the_failure_of_a_segment_that_has_moved_is_forgotten() {
        batch(true);
        clock.move(Duration.ofSeconds(150));
        assertThat(status()).isEqualTo(Status.UP);
        clock.move(Duration.ofHours(5));
        assertThat(failures.error(PROCESSOR, 0)).isEmpty();

        batch(true);

        assertThat(status()).isEqualTo(Status.UP);
    }

    private Status status() {
        return health.health().getStatus();
    }

    private void batch(boolean fails) {
        EventMessage<?> event = GenericEventMessage.asEventMessage("something happened");
        DefaultUnitOfWork<EventMessage<?>> work = DefaultUnitOfWork.startAndGet(event);
        work.resources().put("Processor[" + PROCESSOR + "]/SegmentId", 0);
        work.executeWithResult(() -> new DefaultInterceptorChain<>(work, List.of(failures.watch(PROCESSOR)),
                message -> {
                    if (fails) {
                        throw new IllegalStateException("no room");
                    }
                    return null;
                }).proceed());
    }
}
