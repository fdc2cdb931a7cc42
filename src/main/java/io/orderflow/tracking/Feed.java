package io.orderflow.tracking;

import io.orderflow.platform.spi.DaemonThreads;
import io.orderflow.shared.Caller;
import io.orderflow.shared.Cursor;
import io.orderflow.shared.Refusal;
import io.orderflow.tracking.query.TimelineEntry;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The timeline entries of all orders in one sequence without gaps, so that a client that has read up to a cursor misses
 * no later entry.
 *
 * <p>The global index of the event is no such cursor: parallel segments, late events that fill a gap, and retried dead
 * letters write entries below indexes that were read before. Each event gets its position when its entry is written, at
 * the end of the transaction and under a lock that is held until the commit. Positions therefore become visible in
 * order, on all nodes, and never change. A replay keeps them and assigns positions only to events that had none.
 */
@Component
class Feed {

    static final int PAGE = 200;

    /** Entries of a burst are read together. */
    private static final Duration BURST = Duration.ofMillis(50);
    /** Longest delay of entries that another node has written. */
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int READERS = 2;

    private final FeedRows rows;
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS, DaemonThreads.named("feed"));
    private final Sinks.Many<Long> written = Sinks.many().multicast().directBestEffort();

    Feed(FeedRows rows) {
        this.rows = rows;
    }

    /**
     * An entry and its position.
     *
     * @param position grows by one from entry to entry
     * @param shop     the shop that placed the order
     */
    record FeedEntry(long position, String shop, TimelineEntry entry) {

        boolean isFor(Caller caller) {
            return caller.shop() == null || caller.shop().equals(shop);
        }
    }

    /** Assigns a position to an event at the end of the running unit of work, together with its other events. */
    void add(String event) {
        CurrentUnitOfWork.get().root().<List<String>>getOrComputeResource(Feed.class.getName(), first -> {
            var events = new ArrayList<String>();
            CurrentUnitOfWork.get().onPrepareCommit(work -> rows.append(events));
            CurrentUnitOfWork.get().afterCommit(work -> written.tryEmitNext(0L));
            return events;
        }).add(event);
    }

    /** Assigns positions to entries that have none: events that were dead letters until a replay handled them. */
    void addMissing() {
        rows.appendMissing();
    }

    /** The position of the last entry. */
    long end() {
        return rows.end();
    }

    /**
     * @param cursor of a page or of a stream event
     * @throws Refusal when the cursor is malformed, or beyond the end of the feed
     */
    long position(@Nullable String cursor) {
        long position = Cursor.number(cursor, 0);
        if (position > rows.end()) {
            throw new Refusal(Refusal.Kind.CONFLICT, "cursor_ahead", "The feed ends before this cursor: the store may"
                    + " have been restored from an older copy. Read what you need again, and continue without a cursor.");
        }
        return position;
    }

    /** The entries after a position, in order. */
    List<FeedEntry> after(long position, int limit) {
        return rows.after(position, limit);
    }

    /**
     * All present and future entries after a position. Pages are read on demand, so that nothing accumulates for a slow
     * client; Tomcat disconnects a client that reads nothing for {@code server.tomcat.connection-timeout}.
     */
    Flux<FeedEntry> follow(long position) {
        return Flux.defer(() -> {
            var reached = new AtomicLong(position);
            return Flux.defer(() -> read(reached.get())).doOnNext(entry -> reached.set(entry.position()))
                    .repeatWhen(pages -> pages.concatMap(found -> found > 0 ? Mono.just(found) : changes(), 1));
        });
    }

    /** Not in a thread of Reactor, which it interrupts on cancellation: that would close an H2 file. */
    private Flux<FeedEntry> read(long position) {
        return Mono.fromFuture(() -> CompletableFuture.supplyAsync(() -> after(position, PAGE), readers), true)
                .flatMapIterable(page -> page);
    }

    private Mono<Long> changes() {
        return Mono.firstWithSignal(written.asFlux().next(), Mono.delay(POLL)).delayElement(BURST);
    }

    /** Without interrupts, see {@link #read}. */
    @PreDestroy
    void stop() {
        readers.shutdown();
    }
}
