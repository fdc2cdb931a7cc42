package io.orderflow.fulfillment;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.order.query.ListWaitingOrders;
import io.orderflow.order.query.WaitingOrderPage;
import io.orderflow.order.query.WaitingOrderPage.WaitingOrder;
import io.orderflow.shared.OrderId;
import io.orderflow.platform.spi.ProcessorTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds open orders that no saga leads, though its processor has come past them: whatever becomes of their deadlines,
 * nobody would do anything. An order whose facts are parked is not one of them: it waits on staff. Looks for them in the
 * order resource, which may be behind, and asks the orders' own events about the few that it finds.
 */
@Repository
class UnledOrders {

    private static final String GROUP = "OrderFulfillmentProcessor";
    private static final int PAGE = 200;
    private static final int QUERY_SECONDS = 10;
    /** What has changed since then may be on its way still. */
    private static final Duration SETTLED = Duration.ofMinutes(5);

    private final QueryGateway queries;
    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final ProcessorTokens tokens;
    private final EventStore events;
    private final Recollection recollection;
    private final Clock clock;

    UnledOrders(QueryGateway queries, JdbcClient jdbc, ObjectMapper json, ProcessorTokens tokens, EventStore events,
            Recollection recollection, Clock clock) {
        this.queries = queries;
        this.jdbc = jdbc;
        this.json = json;
        this.tokens = tokens;
        this.events = events;
        this.recollection = recollection;
        this.clock = clock;
    }

    List<OrderId> find() {
        Instant settled = clock.instant().minus(SETTLED);
        var suspects = new ArrayList<OrderId>();
        String cursor = null;
        do {
            WaitingOrderPage page = queries.query(new ListWaitingOrders(null, null, cursor, PAGE),
                    ResponseTypes.instanceOf(WaitingOrderPage.class)).orTimeout(QUERY_SECONDS, TimeUnit.SECONDS).join();
            List<OrderId> open = page.items().stream().filter(order -> isSettled(order, settled))
                    .filter(order -> !order.status().isTerminal()).map(WaitingOrder::orderId).toList();
            suspects.addAll(withoutSaga(open));
            boolean more = page.items().stream().allMatch(order -> isSettled(order, settled));
            cursor = more ? page.next() : null;
        } while (cursor != null);
        return suspects.isEmpty() || !hasProcessorPassed(settled) ? List.of()
                : suspects.stream().filter(recollection::isOpen).toList();
    }

    private static boolean isSettled(WaitingOrder order, Instant settled) {
        return order.waitingOn().since().isBefore(settled);
    }

    private List<OrderId> withoutSaga(List<OrderId> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        Set<String> known = new HashSet<>(jdbc.sql("SELECT DISTINCT sequence_identifier FROM axon.dead_letter_entry"
                        + " WHERE processing_group = :group AND sequence_identifier IN (:orders)")
                .param("group", GROUP).param("orders", values(orders)).query(String.class).list());
        jdbc.sql("SELECT a.association_value, s.serialized_saga FROM axon.association_value_entry a"
                        + " JOIN axon.saga_entry s ON s.saga_id = a.saga_id WHERE a.saga_type = :type"
                        + " AND a.association_key = :key AND a.association_value IN (:orders)")
                .param("type", OrderFulfillment.STORED_AS).param("key", OrderFulfillment.ORDER)
                .param("orders", values(orders)).query(row -> {
                    if (hasBegun(row.getBytes("serialized_saga"))) {
                        known.add(row.getString("association_value"));
                    }
                });
        return orders.stream().filter(order -> !known.contains(order.value())).toList();
    }

    private static List<String> values(List<OrderId> orders) {
        return orders.stream().map(OrderId::value).toList();
    }

    private boolean hasBegun(byte[] saga) {
        try {
            return json.readTree(saga).path("progress").isObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean hasProcessorPassed(Instant time) {
        TrackingToken then = events.createTokenAt(time);
        long position = then == null ? -1 : then.position().orElse(-1);
        return tokens.all().stream().filter(segment -> segment.processor().equals(GROUP))
                .allMatch(segment -> segment.position() >= position);
    }
}
