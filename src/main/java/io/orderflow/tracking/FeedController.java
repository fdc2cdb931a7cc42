package io.orderflow.tracking;

import io.orderflow.shared.Caller;
import io.orderflow.shared.Cursor;
import io.orderflow.tracking.Feed.FeedEntry;
import io.orderflow.tracking.query.TimelineEntry;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Every fact of every order over REST: in pages from the first one on, and live. */
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
     * @param items oldest first; a shop is told of its own orders only, and so may get fewer than it asked for
     * @param next  cursor of what comes after them, also when there is nothing yet
     */
    record EventPage(List<TimelineEntry> items, String next) {
    }

    /** @param cursor of the page before, or the id of an event of the stream; left out to begin with the first fact */
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    EventPage page(@RequestParam(required = false) String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(Feed.PAGE) int limit, Caller caller) {
        long position = feed.position(cursor);
        List<FeedEntry> told = feed.after(position, limit);
        return new EventPage(told.stream().filter(each -> each.isFor(caller)).map(FeedEntry::entry).toList(),
                Cursor.after(position + told.size()));
    }

    /** @param cursor resumes strictly after this event; left out to begin with what comes from now on */
    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<TimelineEntry>> live(@RequestHeader(name = "Last-Event-ID", required = false) String cursor,
            Caller caller) {
        long position = cursor == null ? feed.end() : feed.position(cursor);
        // Who hears of no fact before the stream is lost has to know where to go on, too.
        var place = ServerSentEvent.<TimelineEntry>builder().id(Cursor.after(position)).comment("open").build();
        return streams.open(caller,
                feed.follow(position).filter(told -> told.isFor(caller)).map(FeedController::event).startWith(place));
    }

    private static ServerSentEvent<TimelineEntry> event(FeedEntry told) {
        return ServerSentEvent.builder(told.entry()).id(told.cursor()).event(told.entry().fact()).build();
    }
}
