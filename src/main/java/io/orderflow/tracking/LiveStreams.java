package io.orderflow.tracking;

import io.orderflow.platform.spi.Shares;
import io.orderflow.shared.Caller;
import io.orderflow.shared.Refusal;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Limits the number of open streams, adds heartbeats to them, and ends them when the application stops. */
@Component
@EnableConfigurationProperties(TrackingProperties.class)
class LiveStreams {

    private final Duration heartbeat;
    private final Shares shares;
    private final Sinks.Empty<Void> stopped = Sinks.empty();

    LiveStreams(TrackingProperties properties) {
        this.heartbeat = properties.heartbeat();
        this.shares = new Shares(properties.maxStreams(), properties.maxStreamsPerCaller(), "too_many_streams",
                "live streams", "close one or try again in a moment, or read the timeline instead");
    }

    /** @throws Refusal when too many streams are open, of this caller or of all */
    Flux<ServerSentEvent<TimelineEntry>> open(Caller caller, Flux<ServerSentEvent<TimelineEntry>> events) {
        shares.take(caller);
        Sinks.Empty<Void> over = Sinks.empty();
        return events.doFinally(end -> over.tryEmitEmpty())
                .mergeWith(heartbeats().takeUntilOther(over.asMono()))
                .takeUntilOther(stopped.asMono()).doFinally(end -> shares.release(caller));
    }

    int free() {
        return shares.free();
    }

    /** Clients reconnect with their Last-Event-ID, to this node or to another. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopped.tryEmitEmpty();
    }

    /** The first one is sent at once, so that the client knows that the stream is open. */
    private Flux<ServerSentEvent<TimelineEntry>> heartbeats() {
        var beat = ServerSentEvent.<TimelineEntry>builder().comment("heartbeat").build();
        return Flux.interval(Duration.ZERO, heartbeat).onBackpressureDrop().map(tick -> beat);
    }
}
