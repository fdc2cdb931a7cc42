package io.orderflow.tracking;

import io.orderflow.shared.Refusal;
import io.orderflow.tracking.query.TimelineEntry;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** The open streams: their number is limited, a silent one beats, and none keeps the application from stopping. */
@Component
class LiveStreams {

    private final TrackingProperties properties;
    private final Semaphore free;
    private final Sinks.Empty<Void> stopped = Sinks.empty();

    LiveStreams(TrackingProperties properties) {
        this.properties = properties;
        this.free = new Semaphore(properties.maxStreams());
    }

    /** @throws Refusal when too many are open */
    Flux<ServerSentEvent<TimelineEntry>> open(Flux<ServerSentEvent<TimelineEntry>> events) {
        if (!free.tryAcquire()) {
            throw new Refusal(Refusal.Kind.UNAVAILABLE, "too_many_streams",
                    "All %d live streams are taken; try again in a moment, or ask for the timeline instead."
                            .formatted(properties.maxStreams()));
        }
        Sinks.Empty<Void> over = Sinks.empty();
        return events.doFinally(end -> over.tryEmitEmpty())
                .mergeWith(heartbeats().takeUntilOther(over.asMono()))
                .takeUntilOther(stopped.asMono()).doFinally(end -> free.release());
    }

    int free() {
        return free.availablePermits();
    }

    /** The reader comes back with its Last-Event-ID, here or at another node. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopped.tryEmitEmpty();
    }

    /** The first one at once, so that the reader knows that the stream is open. */
    private Flux<ServerSentEvent<TimelineEntry>> heartbeats() {
        var beat = ServerSentEvent.<TimelineEntry>builder().comment("heartbeat").build();
        return Flux.interval(Duration.ZERO, properties.heartbeat()).onBackpressureDrop().map(tick -> beat);
    }
}
