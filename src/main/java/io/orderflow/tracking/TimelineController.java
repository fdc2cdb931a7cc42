package io.orderflow.tracking;

import io.orderflow.shared.Caller;
import io.orderflow.shared.OrderId;
import io.orderflow.tracking.query.FindTimeline;
import io.orderflow.tracking.query.Timeline;
import io.orderflow.tracking.query.TimelineEntry;
import jakarta.validation.constraints.PositiveOrZero;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** The story of an order over REST: as it stands, and live. */
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
        return timelines.find(new FindTimeline(id, caller.shop(), 0));
    }

    /** @param after resumes a stream strictly after this entry */
    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<Flux<ServerSentEvent<TimelineEntry>>> events(@PathVariable OrderId id,
            @RequestHeader(name = "Last-Event-ID", defaultValue = "0") @PositiveOrZero long after,
            Caller caller) {
        var query = new FindTimeline(id, caller.shop(), after);
        Timeline untold = timelines.find(query);
        if (Timelines.isOver(untold) && untold.entries().isEmpty()) {
            // An EventSource reconnects for ever after a stream that ends, and stops at this answer.
            return ResponseEntity.noContent().build();
        }
        return ResponseEntity.ok(streams.open(caller, timelines.follow(query).map(TimelineController::event)));
    }

    private static ServerSentEvent<TimelineEntry> event(TimelineEntry entry) {
        return ServerSentEvent.builder(entry).id(Long.toString(entry.id())).event(entry.fact()).build();
    }
}
