package io.orderflow.order;

import static io.orderflow.order.Orders.BEANS;
import static io.orderflow.order.Orders.CUP;
import static io.orderflow.order.Orders.ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.orderflow.order.command.ConfirmOrder;
import io.orderflow.order.command.DispatchOrder;
import io.orderflow.order.command.ReturnGoods;
import io.orderflow.order.event.DispatchedLine;
import io.orderflow.order.event.GoodsReturned;
import io.orderflow.order.event.OrderDispatched;
import io.orderflow.order.event.OrderLine;
import io.orderflow.order.event.ReturnedLine;
import io.orderflow.order.event.ReturnedLine.Condition;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.Sku;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.serialization.json.JacksonSerializer;

/** Whatever is dispatched and sent back, in whatever order: each unit goes out once and comes back once. */
class ReturnsTest {

    private static final List<OrderLine> LINES = List.of(Orders.line(BEANS, 5, 1799), Orders.line(CUP, 3, 1001));

    @Property(tries = 300)
    void nothing_comes_back_that_was_not_dispatched_and_nothing_is_worth_more_than_it_was(
            @ForAll("steps") List<Step> steps) {
        Configuration axon = start();
        try {
            axon.commandGateway().sendAndWait(Orders.place(LINES));
            axon.commandGateway().sendAndWait(new ConfirmOrder(ORDER, Orders.DISPATCH));
            for (int step = 0; step < steps.size(); step++) {
                send(axon, steps.get(step).command(step));
            }
            var books = new Books();
            axon.eventStore().readEvents(ORDER.value()).forEachRemaining(event -> books.add(event.getPayload()));
        } finally {
            axon.shutdown();
        }
    }

    /** Either a shipment of these units, or, with a condition, their return. */
    record Step(Sku sku, int quantity, Condition condition, boolean repeatsTheOneBefore) {

        Object command(int number) {
            int identity = repeatsTheOneBefore && number > 0 ? number - 1 : number;
            return condition == null
                    ? new DispatchOrder(ORDER, "shp_" + identity, List.of(new DispatchedLine(sku,
                            new Quantity(quantity))), null, null, Orders.DISPATCH, Orders.CAPTURE, Orders.NOON,
                            ExpectedVersion.ANY)
                    : new ReturnGoods(ORDER, "ret_" + identity, List.of(new ReturnedLine(sku, new Quantity(quantity),
                            condition)), "too bitter", Orders.NOON, ExpectedVersion.ANY);
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(Arbitraries.of(BEANS, CUP), Arbitraries.integers().between(0, 4),
                Arbitraries.of(Condition.values()).injectNull(0.4), Arbitraries.of(true, false))
                .as(Step::new).list().ofMaxSize(25);
    }

    /** What the events say, checked after every one of them. */
    private static final class Books {

        private final Map<Sku, Integer> dispatched = new HashMap<>();
        private final Map<Sku, Integer> returned = new HashMap<>();
        private long sold;
        private long owed;

        void add(Object event) {
            if (event instanceof OrderDispatched shipment) {
                shipment.lines().forEach(line -> count(dispatched, line.sku(), line.quantity()));
                sold += shipment.value().amount();
            } else if (event instanceof GoodsReturned goods) {
                goods.lines().forEach(line -> count(returned, line.sku(), line.quantity()));
                owed += goods.value().amount();
            }
            for (OrderLine line : LINES) {
                assertThat(of(dispatched, line.sku())).isBetween(of(returned, line.sku()), line.quantity().value());
            }
            assertThat(owed).isBetween(0L, sold);
        }

        private static void count(Map<Sku, Integer> units, Sku sku, Quantity quantity) {
            units.merge(sku, quantity.value(), Integer::sum);
        }

        private static int of(Map<Sku, Integer> units, Sku sku) {
            return units.getOrDefault(sku, 0);
        }
    }

    private static Configuration start() {
        return DefaultConfigurer.defaultConfiguration(false)
                .configureSerializer(axon -> JacksonSerializer.builder().objectMapper(JsonMapper.builder().build())
                        .build())
                .configureEmbeddedEventStore(axon -> new InMemoryEventStorageEngine())
                .configureAggregate(AggregateConfigurer.defaultConfiguration(Order.class))
                .start();
    }

    private static void send(Configuration axon, Object command) {
        try {
            axon.commandGateway().sendAndWait(command);
        } catch (Refusal refused) {
            assertThat(refused.details().code()).isIn("more_than_ordered", "nothing_to_dispatch", "invalid_quantity",
                    "more_than_dispatched", "not_dispatched");
        }
    }
}
