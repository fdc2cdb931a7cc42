package io.orderflow.tracking;

import io.orderflow.platform.spi.Cursor;
import io.orderflow.platform.spi.DaemonThreads;
import io.orderflow.shared.Caller;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Refusal;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
    private final Sinks.Many<OrderId> written = Sinks.many().multicast().directBestEffort();

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
    void add(OrderId order, String event) {
        var work = CurrentUnitOfWork.get();
        work.root().<Map<String, OrderId>>getOrComputeResource(Feed.class.getName(), first -> {
            var events = new LinkedHashMap<String, OrderId>();
            work.onPrepareCommit(preparing -> rows.append(List.copyOf(events.keySet())));
            work.afterCommit(committed -> events.values().stream().distinct().forEach(this::wakeUp));
            return events;
        }).put(event, order);
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

    /** All present and future entries after a position. */
    Flux<FeedEntry> follow(long position) {
        return Flux.defer(() -> {
            var reached = new AtomicLong(position);
            return live(any -> true, () -> after(reached.get(), PAGE))
                    .doOnNext(entry -> reached.set(entry.position()));
        });
    }

    /**
     * Reads pages until one is empty, and again whenever an order of interest gets an entry. Pages are read on demand,
     * so that nothing accumulates for a slow client; Tomcat disconnects a client that reads nothing for
     * {@code server.tomcat.connection-timeout}.
     */
    <T> Flux<T> live(Predicate<OrderId> interest, Supplier<List<T>> page) {
        Flux<T> present = Flux.defer(() -> read(page)).repeatWhen(pages -> pages.takeWhile(found -> found > 0));
        // Subscribed to before the first page is read, so that no entry falls in between.
        return Flux.merge(written.asFlux().filter(interest).map(order -> BURST), Flux.interval(POLL).map(tick -> BURST),
                        Mono.just(Duration.ZERO))
                .onBackpressureLatest().concatMap(delay -> Mono.delay(delay).thenMany(present), 1);
    }

    /** The number of streams and waits that follow the feed or a timeline. */
    int followers() {
        return written.currentSubscriberCount();
    }

    /** Not in a thread of Reactor, which it interrupts on cancellation: that would close an H2 file. */
    private <T> Flux<T> read(Supplier<List<T>> page) {
        return Mono.fromFuture(() -> CompletableFuture.supplyAsync(page, readers), true)
                .flatMapIterable(entries -> entries);
    }

    private void wakeUp(OrderId order) {
        while (written.tryEmitNext(order) == Sinks.EmitResult.FAIL_NON_SERIALIZED) {
            Thread.onSpinWait();
        }
    }

    /** Without interrupts, see {@link #read}. */
    @PreDestroy
    void stop() {
        readers.shutdown();
    }
}
