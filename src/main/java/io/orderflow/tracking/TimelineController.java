package io.orderflow.tracking;

import io.orderflow.shared.Caller;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Refusal;
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

    /** @param lastEventId resumes a stream strictly after this entry; left out or 0 to begin with the first */
    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<Flux<ServerSentEvent<TimelineEntry>>> events(@PathVariable OrderId id,
            @RequestHeader(name = "Last-Event-ID", required = false) @PositiveOrZero Long lastEventId,
            Caller caller) {
        long last = lastEventId == null ? 0 : lastEventId;
        Timeline story = timelines.find(new FindTimeline(id, caller.shop(), Math.max(0, last - 1)));
        requireTold(last, story);
        if (Timelines.isOver(story) && story.entries().stream().noneMatch(entry -> entry.id() > last)) {
            // An EventSource reconnects for ever after a stream that ends, and stops at this answer.
            return ResponseEntity.noContent().build();
        }
        return ResponseEntity.ok(streams.open(caller,
                timelines.follow(new FindTimeline(id, caller.shop(), last)).map(TimelineController::event)));
    }

    /** @param since begins with the entry that was told last */
    private static void requireTold(long last, Timeline since) {
        if (last > 0 && since.entries().stream().noneMatch(entry -> entry.id() == last)) {
            throw new Refusal(Refusal.Kind.CONFLICT, "cursor_ahead", ("The timeline does not reach entry %s: the store may"
                    + " be an older copy of the one it is from. Read the timeline anew, and go on without an id.")
                    .formatted(last));
        }
    }

    private static ServerSentEvent<TimelineEntry> event(TimelineEntry entry) {
        return ServerSentEvent.builder(entry).id(Long.toString(entry.id())).event(entry.fact()).build();
    }
}
