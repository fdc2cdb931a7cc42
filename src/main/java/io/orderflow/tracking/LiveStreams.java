package io.orderflow.tracking;

import io.orderflow.shared.Caller;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.Shares;
import io.orderflow.tracking.query.TimelineEntry;
import java.time.Duration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** The open streams: their number is limited, a caller has a share of them, a silent one beats, and none keeps the application from stopping. */
@Component
class LiveStreams {

    private final TrackingProperties properties;
    private final Shares shares;
    private final Sinks.Empty<Void> stopped = Sinks.empty();

    LiveStreams(TrackingProperties properties) {
        this.properties = properties;
        this.shares = new Shares(properties.maxStreams(), properties.maxStreamsPerCaller());
    }

    /** @throws Refusal when too many are open, of this caller or of all */
    Flux<ServerSentEvent<TimelineEntry>> open(Caller caller, Flux<ServerSentEvent<TimelineEntry>> events) {
        switch (shares.take(caller)) {
            case SHARE_USED_UP -> throw new Refusal(Refusal.Kind.EXCESSIVE, "too_many_streams",
                    "You have all %s live streams that one caller may have; close one, or ask for the timeline instead."
                            .formatted(properties.maxStreamsPerCaller()));
            case NONE_LEFT -> throw new Refusal(Refusal.Kind.UNAVAILABLE, "too_many_streams",
                    "All live streams are taken; try again in a moment, or ask for the timeline instead.");
            case TAKEN -> { }
        }
        Sinks.Empty<Void> over = Sinks.empty();
        return events.doFinally(end -> over.tryEmitEmpty())
                .mergeWith(heartbeats().takeUntilOther(over.asMono()))
                .takeUntilOther(stopped.asMono()).doFinally(end -> shares.release(caller));
    }

    int free() {
        return shares.free();
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
