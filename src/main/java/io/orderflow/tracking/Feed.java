package io.orderflow.tracking;

import io.orderflow.shared.Caller;
import io.orderflow.shared.Cursor;
import io.orderflow.shared.Refusal;
import io.orderflow.tracking.query.TimelineEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The facts of all orders as one sequence without gaps: who has read up to a cursor misses nothing that comes after it.
 *
 * <p>The number of an event in the store cannot be that cursor: rows of parallel segments, of gaps that are filled late
 * and of dead letters that succeed at last commit after rows with higher numbers. So a fact gets its place when its
 * timeline entry is written, at the end of the transaction and under a lock that is held until the commit. Places
 * become visible in their order, also those that other nodes give, and one that was told is never taken back. A replay
 * moves none, and gives one to what was told by no timeline before it.
 */
@Component
class Feed {

    static final int PAGE = 200;

    /** Facts of a burst are read together. */
    private static final Duration BURST = Duration.ofMillis(50);
    /** How late the facts that another node has written are noticed, at most. */
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final FeedRows rows;
    private final Executor readers;
    private final Sinks.Many<Long> written = Sinks.many().multicast().directBestEffort();

    Feed(FeedRows rows, @Qualifier("feedReaders") Executor readers) {
        this.rows = rows;
        this.readers = readers;
    }

    /**
     * A fact at its place.
     *
     * @param position grows by one from fact to fact
     * @param shop     who placed the order
     */
    record FeedEntry(long position, String shop, TimelineEntry entry) {

        boolean isFor(Caller caller) {
            return caller.shop() == null || caller.shop().equals(shop);
        }

        String cursor() {
            return Cursor.after(position);
        }
    }

    /** Gives an event its place at the end of the running unit of work, with all others of it. */
    void add(String event) {
        CurrentUnitOfWork.get().root().<List<String>>getOrComputeResource(Feed.class.getName(), first -> {
            var events = new ArrayList<String>();
            CurrentUnitOfWork.get().onPrepareCommit(work -> rows.append(events));
            CurrentUnitOfWork.get().afterCommit(work -> written.tryEmitNext(0L));
            return events;
        }).add(event);
    }

    /** Gives their places to the entries that a replay has brought, because they were dead letters before. */
    void addMissing() {
        rows.appendMissing();
    }

    /** The place after the last fact that is known now. */
    long end() {
        return rows.end();
    }

    /**
     * @param cursor of a page or an event of this feed
     * @throws Refusal when it is none, or of a later time than the store
     */
    long position(String cursor) {
        long position = Cursor.number(cursor, 0);
        if (position > rows.end()) {
            throw new Refusal(Refusal.Kind.CONFLICT, "cursor_ahead", "The feed does not reach this cursor: the store may"
                    + " be an older copy of the one it is from. Read what you need anew, and go on without a cursor.");
        }
        return position;
    }

    /** The next facts in their order, at most a page. */
    List<FeedEntry> after(long position, int limit) {
        return rows.after(position, limit);
    }

    /**
     * What comes after a position, for ever. Read page by page as it is asked for, so that nothing piles up before a
     * slow reader; the container cuts off one that takes nothing for {@code server.tomcat.connection-timeout}.
     */
    Flux<FeedEntry> follow(long position) {
        return Flux.defer(() -> {
            var reached = new AtomicLong(position);
            return Flux.defer(() -> read(reached.get())).doOnNext(told -> reached.set(told.position()))
                    .repeatWhen(pages -> pages.concatMap(found -> found > 0 ? Mono.just(found) : news(), 1));
        });
    }

    /** Never in a thread of Reactor, which interrupts what it cancels: that would close an H2 file for everybody. */
    private Flux<FeedEntry> read(long position) {
        return Mono.fromFuture(() -> CompletableFuture.supplyAsync(() -> after(position, PAGE), readers), true)
                .flatMapIterable(page -> page);
    }

    private Mono<Long> news() {
        return Mono.firstWithSignal(written.asFlux().next(), Mono.delay(ROUND)).delayElement(BURST);
    }
}
