package io.orderflow.platform.replay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.shared.KeepsOrders;
import io.orderflow.shared.OrderId;
import io.orderflow.platform.spi.ProcessorTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds orders whose first event a projection has come past without handling it, and has it handled. Whatever else
 * looks after orders, such as the watchdog, finds them in projections, and would never hear of one that those lack.
 *
 * <p>Goes through the events from where the last round ended, each event twice: soon, and once more when every
 * transaction that was open at its time has ended, because an event with a lower number may be committed later.
 */
@Component
class SkippedOrders {

    private static final Logger LOG = LoggerFactory.getLogger(SkippedOrders.class);

    static final Duration SOON = Duration.ofMinutes(5);
    static final Duration LATE = Duration.ofMinutes(65);
    private static final int PAGE = 500;
    /** So many at most in one round: the whole history of an old store is gone through by and by. */
    private static final int PAGES = 200;

    private final JdbcClient jdbc;
    private final Projections projections;
    private final ProcessorTokens tokens;
    private final EventStore events;
    private final Configuration axon;
    private final TransactionManager transactions;
    private final Clock clock;
    private final Counter found;

    SkippedOrders(JdbcClient jdbc, Projections projections, ProcessorTokens tokens, EventStore events,
            Configuration axon, TransactionManager transactions, Clock clock, MeterRegistry registry) {
        this.jdbc = jdbc;
        this.projections = projections;
        this.tokens = tokens;
        this.events = events;
        this.axon = axon;
        this.transactions = transactions;
        this.clock = clock;
        this.found = Counter.builder("orderflow.orders.skipped")
                .description("Orders whose first event a projection had skipped, as this node found them")
                .register(registry);
    }

    /**
     * The numbers of the last events that were looked at.
     *
     * @param soon for the first time
     * @param late for the second time
     */
    record Checked(long soon, long late) {

        static final Checked NOTHING = new Checked(0, 0);
    }

    private record Stored(long number, String stream, long sequence, Instant at) {
    }

    Checked look(Checked before) {
        return new Checked(check(before.soon(), SOON), check(before.late(), LATE));
    }

    private long check(long from, Duration age) {
        Instant until = clock.instant().minus(age);
        long checked = from;
        for (int read = 0; read < PAGES; read++) {
            List<Stored> page = page(checked).stream().takeWhile(event -> event.at().isBefore(until)).toList();
            if (page.isEmpty() || !havePassed(page.get(page.size() - 1))) {
                return checked;
            }
            checkFirst(page.stream().filter(event -> event.sequence() == 0 && OrderId.hasPrefix(event.stream())).toList());
            checked = page.get(page.size() - 1).number();
        }
        return checked;
    }

    private List<Stored> page(long after) {
        return jdbc.sql("SELECT global_index, aggregate_identifier, sequence_number, time_stamp"
                        + " FROM axon.domain_event_entry WHERE global_index > ? ORDER BY global_index LIMIT " + PAGE)
                .param(after).query((row, number) -> new Stored(row.getLong("global_index"),
                        row.getString("aggregate_identifier"), row.getLong("sequence_number"),
                        DateTimeUtils.parseInstant(row.getString("time_stamp")))).list();
    }

    /** One that rests, or is far behind, is waited for. */
    private boolean havePassed(Stored last) {
        return projections.all().stream().filter(SkippedOrders::keepsOrders)
                .allMatch(projection -> tokens.havePassed(projection.name(), last.number()));
    }

    private static boolean keepsOrders(Projection projection) {
        return projection.handlers() instanceof KeepsOrders;
    }

    private void checkFirst(List<Stored> placed) {
        if (!placed.isEmpty()) {
            projections.all().stream().filter(SkippedOrders::keepsOrders)
                    .forEach(projection -> checkFirst(placed, projection));
        }
    }

    private void checkFirst(List<Stored> placed, Projection projection) {
        Set<String> missing = new HashSet<>(placed.stream().map(Stored::stream).toList());
        missing.removeAll(((KeepsOrders) projection.handlers()).kept(missing));
        placed.stream().filter(event -> missing.contains(event.stream()))
                .filter(event -> tokens.havePassed(projection.name(), event.number()))
                .map(event -> events.readEvents(event.stream(), 0).next())
                .filter(event -> !isParked(projection, event))
                .forEach(event -> handle(projection, event.getAggregateIdentifier(), event));
    }

    private boolean isParked(Projection projection, EventMessage<?> event) {
        var processing = axon.eventProcessingConfiguration();
        Object sequence = processing.sequencingPolicy(projection.name()).getSequenceIdentifierFor(event);
        for (var letter : processing.deadLetterQueue(projection.name()).orElseThrow().deadLetterSequence(sequence)) {
            if (letter.message().getIdentifier().equals(event.getIdentifier())) {
                return true;
            }
        }
        return false;
    }

    private void handle(Projection projection, String order, EventMessage<?> event) {
        LOG.error("Order {} was skipped by {}, which handles its first event now", order, projection.name());
        found.increment();
        var handlers = new AnnotationEventHandlerAdapter(projection.handlers(), axon.parameterResolverFactory(),
                axon.handlerDefinition(projection.handlers().getClass()));
        var work = DefaultUnitOfWork.startAndGet(event);
        work.attachTransaction(transactions);
        var result = work.executeWithResult(() -> handlers.handle(event));
        if (result.isExceptional()) {
            LOG.error("Order {} cannot be handled by {}: replay it", order, projection.name(), result.exceptionResult());
        }
    }
}
