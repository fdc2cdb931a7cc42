package io.orderflow.platform.replay;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.platform.replay.Projections.Projection;
import io.orderflow.platform.spi.KeepsOrders;
import io.orderflow.platform.spi.ProcessorTokens;
import io.orderflow.shared.OrderId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds orders whose first event a projection has passed without handling it, and makes the projection handle it. The
 * watchdog and others look orders up in projections and would miss them.
 *
 * <p>Each round continues where the last one ended. Every event is checked twice: soon, and again when every
 * transaction of its time has ended, because an event with a lower number may be committed later.
 */
@Component
class SkippedOrders {

    private static final Logger LOG = LoggerFactory.getLogger(SkippedOrders.class);

    private static final Duration SOON = Duration.ofMinutes(5);
    private static final Duration LATE = Duration.ofMinutes(65);
    private static final int PAGE = 500;
    /** Limit of one round; the history of an old store takes several. */
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
                .description("Orders whose first event a projection had skipped, found by this node")
                .register(registry);
    }

    /** Runs on one node at a time. Looked up lazily, because it needs the processors, which are created later. */
    @Bean
    static Task<Checked> skippedOrderRounds(@Value("${orderflow.skipped-orders.every:1m}") Duration every,
            ObjectProvider<SkippedOrders> orders) {
        return Tasks.recurring("skipped-orders", FixedDelay.of(every), Checked.class).initialData(new Checked(0, 0))
                .executeStateful((instance, context) -> orders.getObject().check(instance.getData()));
    }

    /**
     * The numbers of the last events checked.
     *
     * @param soon for the first time
     * @param late for the second time
     */
    record Checked(long soon, long late) {
    }

    private record Stored(long number, String stream, long sequence, Instant at) {
    }

    private Checked check(Checked before) {
        return new Checked(check(before.soon(), SOON), check(before.late(), LATE));
    }

    private long check(long from, Duration age) {
        Instant until = clock.instant().minus(age);
        var keeping = projections.all().stream().filter(each -> each.handlers() instanceof KeepsOrders).toList();
        long checked = from;
        for (int read = 0; read < PAGES; read++) {
            List<Stored> page = page(checked).stream().takeWhile(event -> event.at().isBefore(until)).toList();
            long last = page.isEmpty() ? checked : page.get(page.size() - 1).number();
            // A projection that is paused or far behind is waited for
            if (page.isEmpty() || !keeping.stream().allMatch(each -> tokens.havePassed(each.name(), last))) {
                return checked;
            }
            keeping.forEach(projection -> handleSkipped(projection, page));
            checked = last;
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

    private void handleSkipped(Projection projection, List<Stored> page) {
        Map<String, Long> missing = new TreeMap<>();
        page.stream().filter(event -> event.sequence() == 0 && OrderId.hasPrefix(event.stream()))
                .forEach(event -> missing.put(event.stream(), event.number()));
        if (missing.isEmpty()) {
            return;
        }
        missing.keySet().removeAll(((KeepsOrders) projection.handlers()).kept(List.copyOf(missing.keySet())));
        missing.forEach((order, number) -> {
            EventMessage<?> first = events.readEvents(order, 0).next();
            if (tokens.havePassed(projection.name(), number) && !isParked(projection, first)) {
                handle(projection, order, first);
            }
        });
    }

    private boolean isParked(Projection projection, EventMessage<?> event) {
        var processing = axon.eventProcessingConfiguration();
        Object sequence = processing.sequencingPolicy(projection.name()).getSequenceIdentifierFor(event);
        var letters = processing.deadLetterQueue(projection.name()).orElseThrow().deadLetterSequence(sequence);
        return StreamSupport.stream(letters.spliterator(), false)
                .anyMatch(letter -> letter.message().getIdentifier().equals(event.getIdentifier()));
    }

    private void handle(Projection projection, String order, EventMessage<?> event) {
        LOG.error("{} had skipped the first event of order {} and handles it now", projection.name(), order);
        found.increment();
        var handlers = new AnnotationEventHandlerAdapter(projection.handlers(), axon.parameterResolverFactory(),
                axon.handlerDefinition(projection.handlers().getClass()));
        var work = DefaultUnitOfWork.startAndGet(event);
        work.attachTransaction(transactions);
        var result = work.executeWithResult(() -> handlers.handle(event));
        if (result.isExceptional()) {
            LOG.error("{} cannot handle the first event of order {}; replay it", projection.name(), order,
                    result.exceptionResult());
        }
    }
}
