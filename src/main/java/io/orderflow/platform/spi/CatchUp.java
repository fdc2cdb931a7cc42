package io.orderflow.platform.spi;

import io.orderflow.shared.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Waits for projections that are behind the events, unless they have parked or lost the resource that is asked for. */
@Component
public class CatchUp {

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration ROUND = Duration.ofMillis(250);

    private final ObjectProvider<EventProcessingConfiguration> processing;
    private final EventStore events;
    private final ProcessorTokens tokens;
    private final SequencingPolicy<EventMessage<?>> byOrder;
    private final Duration limit;

    /** @param limit how long a read waits for a projection */
    CatchUp(ObjectProvider<EventProcessingConfiguration> processing, EventStore events, ProcessorTokens tokens,
            SequencingPolicy<EventMessage<?>> byOrder, @Value("${orderflow.catch-up:2s}") Duration limit) {
        this.processing = processing;
        this.events = events;
        this.tokens = tokens;
        this.byOrder = byOrder;
        this.limit = limit;
    }

    /**
     * Waits for a projection's first answer about a resource that exists.
     *
     * @param projection name of its processing group
     * @param id         identifier of the resource's event stream
     * @param answer     begins to wait for the answer; cancelled when this method returns
     * @throws Refusal when waiting is futile: the projection could not handle the first event of the resource
     * @throws CompletionException with a {@code TimeoutException} when the projection is far behind
     */
    public <T> T await(String projection, String id, Supplier<CompletableFuture<T>> answer) {
        requireNotParked(projection, id);
        long head = head();
        long giveUp = System.nanoTime() + limit.toNanos();
        var answered = answer.get();
        try {
            boolean handled;
            do {
                handled = tokens.haveHandledAll(projection, head);
                try {
                    return answered.get(ROUND.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException late) {
                    requireNotParked(projection, id);
                    if (System.nanoTime() > giveUp) {
                        throw new CompletionException(late);
                    }
                }
            } while (!handled);
            // All events were handled a round ago: an answer would have arrived by now
            throw incomplete(projection, id, "and is no longer parked: '%s' has to be replayed");
        } catch (ExecutionException failed) {
            throw new CompletionException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CompletionException(interrupted);
        } finally {
            answered.cancel(true);
        }
    }

    /**
     * Waits until a projection has handled every event that is stored now.
     *
     * @throws CompletionException with a {@code TimeoutException} when it is far behind
     */
    public void await(String projection) {
        long head = head();
        long giveUp = System.nanoTime() + limit.toNanos();
        while (!tokens.haveHandledAll(projection, head)) {
            if (System.nanoTime() > giveUp) {
                throw new CompletionException(new TimeoutException("'%s' is behind".formatted(projection)));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Whether events of a resource or of its order are parked as dead letters of a projection. */
    public boolean isParked(String projection, String id) {
        return processing.getObject().deadLetterQueue(projection)
                .filter(queue -> sequences(id).anyMatch(sequence -> queue.sequenceSize(sequence) > 0)).isPresent();
    }

    /** @throws Refusal when events of the resource are parked */
    public void requireNotParked(String projection, String id) {
        if (isParked(projection, id)) {
            throw incomplete(projection, id, "yet: staff find it with its cause among the dead letters of '%s'");
        }
    }

    /** The sequences of events about the resource itself and about its order. */
    private Stream<Object> sequences(String id) {
        return Stream.concat(Stream.of(id),
                events.readEvents(id, 0).asStream().limit(1).map(byOrder::getSequenceIdentifierFor)).distinct();
    }

    private long head() {
        TrackingToken head = events.createHeadToken();
        return head == null ? -1 : head.position().orElse(-1);
    }

    private static Refusal incomplete(String projection, String id, String remedy) {
        return new Refusal(Refusal.Kind.UNAVAILABLE, "projection_incomplete", ("'%s' was accepted and is stored; do not"
                + " send it again. It cannot be shown because the event that it begins with could not be handled "
                + remedy + '.').formatted(id, projection), Map.of("projection", projection));
    }
}
