package io.orderflow.fulfillment;

import io.orderflow.order.query.ListWaitingOrders;
import io.orderflow.order.query.WaitingOrderPage;
import io.orderflow.order.query.WaitingOrderPage.WaitingOrder;
import io.orderflow.platform.spi.ProcessorTokens;
import io.orderflow.shared.OrderId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds open orders that have no saga although its processor has handled their events. Orders with parked events do not
 * count: they wait for staff. Searches the order resource, which may be behind, and checks the events of the few orders
 * that it finds.
 */
@Repository
class OrdersWithoutSaga {

    private static final String GROUP = "OrderFulfillmentProcessor";
    private static final int PAGE = 200;
    /** Limits the cost of a call, however many orders are open. */
    private static final int PAGES = 5;
    private static final int QUERY_SECONDS = 10;
    /** Younger events may not have been handled yet. */
    private static final Duration SETTLED = Duration.ofMinutes(5);

    private final QueryGateway queries;
    private final JdbcClient jdbc;
    private final SagaRows sagas;
    private final ProcessorTokens tokens;
    private final EventStore events;
    private final SagaRecovery recovery;
    private final Clock clock;
    private @Nullable String cursor;

    OrdersWithoutSaga(QueryGateway queries, JdbcClient jdbc, SagaRows sagas, ProcessorTokens tokens, EventStore events,
            SagaRecovery recovery, Clock clock) {
        this.queries = queries;
        this.jdbc = jdbc;
        this.sagas = sagas;
        this.tokens = tokens;
        this.events = events;
        this.recovery = recovery;
        this.clock = clock;
    }

    /** Continues where the last call stopped, and starts again after the last order. */
    List<OrderId> findNext() {
        Instant settled = clock.instant().minus(SETTLED);
        var suspects = new ArrayList<OrderId>();
        int pages = 0;
        do {
            WaitingOrderPage page = queries.query(new ListWaitingOrders(null, null, cursor, PAGE),
                    ResponseTypes.instanceOf(WaitingOrderPage.class)).orTimeout(QUERY_SECONDS, TimeUnit.SECONDS).join();
            List<OrderId> open = page.items().stream().filter(order -> isSettled(order, settled))
                    .filter(order -> !order.status().isTerminal()).map(WaitingOrder::orderId).toList();
            suspects.addAll(withoutSaga(open));
            boolean more = page.items().stream().allMatch(order -> isSettled(order, settled));
            cursor = more ? page.next() : null;
            pages++;
        } while (cursor != null && pages < PAGES);
        return suspects.isEmpty() || !hasProcessorPassed(settled) ? List.of()
                : suspects.stream().filter(recovery::isOpen).toList();
    }

    private static boolean isSettled(WaitingOrder order, Instant settled) {
        return order.waitingOn().since().isBefore(settled);
    }

    private List<OrderId> withoutSaga(List<OrderId> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        Set<OrderId> known = sagas.begun(OrderFulfillment.class, orders);
        known.addAll(parked(orders));
        return orders.stream().filter(order -> !known.contains(order)).toList();
    }

    private Set<OrderId> parked(List<OrderId> orders) {
        return new HashSet<>(jdbc.sql("SELECT DISTINCT sequence_identifier FROM axon.dead_letter_entry"
                        + " WHERE processing_group = :group AND sequence_identifier IN (:orders)")
                .param("group", GROUP).param("orders", orders.stream().map(OrderId::value).toList())
                .query((row, number) -> new OrderId(row.getString("sequence_identifier"))).list());
    }

    private boolean hasProcessorPassed(Instant time) {
        TrackingToken then = events.createTokenAt(time);
        long position = then == null ? -1 : then.position().orElse(-1);
        return tokens.haveHandledAll(GROUP, position);
    }
}
