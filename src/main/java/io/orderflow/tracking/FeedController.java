package io.orderflow.tracking;

import io.orderflow.platform.spi.Cursor;
import io.orderflow.shared.Caller;
import io.orderflow.tracking.Feed.FeedEntry;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** REST API of the feed: the timeline entries of all orders, in pages from the first one on, and live. */
@RestController
@RequestMapping("/v1/events")
class FeedController {

    private final Feed feed;
    private final LiveStreams streams;

    FeedController(Feed feed, LiveStreams streams) {
        this.feed = feed;
        this.streams = streams;
    }

    /**
     * @param items oldest first; may be fewer than the limit, because a shop gets those of its own orders only
     * @param next  cursor of the next page, also when there are no more entries yet
     */
    record EventPage(List<TimelineEntry> items, String next) {
    }

    /** @param cursor of the previous page, or the id of a stream event; null starts with the first entry */
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    EventPage page(@RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(Feed.PAGE) int limit, Caller caller) {
        long position = feed.position(cursor);
        List<FeedEntry> found = feed.after(position, limit);
        return new EventPage(found.stream().filter(each -> each.isFor(caller)).map(FeedEntry::entry).toList(),
                Cursor.after(position + found.size()));
    }

    /** @param cursor resumes the stream after this event; null starts with the next entry */
    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<TimelineEntry>> live(
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String cursor, Caller caller) {
        long position = cursor == null ? feed.end() : feed.position(cursor);
        // A client that loses the stream before the first entry has to know its position, too.
        var open = ServerSentEvent.<TimelineEntry>builder().id(Cursor.after(position)).comment("open").build();
        return streams.open(caller,
                feed.follow(position).filter(each -> each.isFor(caller)).map(FeedController::event).startWith(open));
    }

    private static ServerSentEvent<TimelineEntry> event(FeedEntry each) {
        return ServerSentEvent.builder(each.entry()).id(Cursor.after(each.position())).event(each.entry().fact())
                .build();
    }
}
