package io.orderflow.tracking;

import io.orderflow.shared.Caller;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Refusal;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** REST API of the timeline of an order, as a document and as a live stream. */
@RestController
@RequestMapping("/v1/orders/{id}")
class TimelineController {

    private final Timelines timelines;
    private final LiveStreams streams;

    TimelineController(Timelines timelines, LiveStreams streams) {
        this.timelines = timelines;
        this.streams = streams;
    }

    @GetMapping("/timeline")
    Timeline timeline(@PathVariable OrderId id, Caller caller) {
        return timelines.find(id, caller, 0);
    }

    /** @param lastEventId resumes the stream after this entry; null or 0 starts with the first entry */
    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<Flux<ServerSentEvent<TimelineEntry>>> events(@PathVariable OrderId id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable @PositiveOrZero Long lastEventId,
            Caller caller) {
        long last = lastEventId == null ? 0 : lastEventId;
        Timeline timeline = timelines.find(id, caller, Math.max(0, last - 1));
        requireEntry(last, timeline);
        if (timeline.waitingOn() == null && timeline.entries().stream().noneMatch(entry -> entry.id() > last)) {
            // Stops an EventSource, which reconnects after every stream that ends.
            return ResponseEntity.noContent().build();
        }
        return ResponseEntity.ok(streams.open(caller,
                timelines.follow(id, caller, last).map(TimelineController::event)));
    }

    /** @param from a timeline that starts with the last entry */
    private static void requireEntry(long last, Timeline from) {
        if (last > 0 && from.entries().stream().noneMatch(entry -> entry.id() == last)) {
            throw new Refusal(Refusal.Kind.CONFLICT, "cursor_ahead", ("The timeline has no entry %s: the store may have"
                    + " been restored from an older copy. Read the timeline again, and continue without an id.")
                    .formatted(last));
        }
    }

    private static ServerSentEvent<TimelineEntry> event(TimelineEntry entry) {
        return ServerSentEvent.builder(entry).id(Long.toString(entry.id())).event(entry.fact()).build();
    }
}
