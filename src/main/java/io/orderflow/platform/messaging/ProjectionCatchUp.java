package io.orderflow.platform.messaging;

import io.orderflow.platform.spi.CatchUp;
import io.orderflow.platform.spi.ProcessorTokens;
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

/** Tells a projection that is behind, which is worth waiting for, from one that has parked or lost what it is asked for. */
@Component
class ProjectionCatchUp implements CatchUp {

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration ROUND = Duration.ofMillis(250);

    private final ObjectProvider<EventProcessingConfiguration> processing;
    private final EventStore events;
    private final ProcessorTokens tokens;
    private final SequencingPolicy<EventMessage<?>> byOrder;
    private final Duration limit;

    /** @param limit how far a projection may be behind before a read gives up on it */
    ProjectionCatchUp(ObjectProvider<EventProcessingConfiguration> processing, EventStore events, ProcessorTokens tokens,
            SequencingPolicy<EventMessage<?>> byOrder, @Value("${orderflow.catch-up:2s}") Duration limit) {
        this.processing = processing;
        this.events = events;
        this.tokens = tokens;
        this.byOrder = byOrder;
        this.limit = limit;
    }

    @Override
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
            // What was handled a round ago would have been answered by now.
            throw incomplete(projection, id, "and is parked no more: '%s' has to be replayed");
        } catch (ExecutionException failed) {
            throw new CompletionException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CompletionException(interrupted);
        } finally {
            answered.cancel(true);
        }
    }

    @Override
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

    @Override
    public boolean isParked(String projection, String id) {
        return processing.getObject().deadLetterQueue(projection)
                .filter(queue -> sequences(id).anyMatch(sequence -> queue.sequenceSize(sequence) > 0)).isPresent();
    }

    @Override
    public void requireNotParked(String projection, String id) {
        if (isParked(projection, id)) {
            throw incomplete(projection, id, "yet: staff find it with its cause among the dead letters of '%s'");
        }
    }

    /** What facts about the thing itself and about its order are parked under. */
    private Stream<Object> sequences(String id) {
        return Stream.concat(Stream.of(id),
                events.readEvents(id, 0).asStream().limit(1).map(byOrder::getSequenceIdentifierFor)).distinct();
    }

    private long head() {
        TrackingToken head = events.createHeadToken();
        return head == null ? -1 : head.position().orElse(-1);
    }

    private static Refusal incomplete(String projection, String id, String remedy) {
        return new Refusal(Refusal.Kind.UNAVAILABLE, "projection_incomplete", ("'%s' was accepted and is kept; do not send"
                + " it again. It cannot be shown because the event that it begins with could not be handled "
                + remedy + '.').formatted(id, projection), Map.of("projection", projection));
    }
}
