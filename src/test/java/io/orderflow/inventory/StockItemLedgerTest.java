package io.orderflow.inventory;

import static io.orderflow.inventory.Stock.MUG;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import io.orderflow.inventory.command.ShipStock;
import io.orderflow.inventory.command.StockTask;
import io.orderflow.inventory.event.StockAdjusted;
import io.orderflow.inventory.event.StockReceived;
import io.orderflow.inventory.event.StockReturned;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.StockFact;
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
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.serialization.json.JacksonSerializer;

/** Whatever is asked of a stock item, in whatever order, its ledger adds up and its state survives a snapshot. */
class StockItemLedgerTest {

    private static final ObjectMapper JSON = JsonMapper.builder().addModule(new ParameterNamesModule()).build();

    @Property(tries = 300)
    void holds_never_exceed_what_is_on_hand_and_the_state_is_the_sum_of_the_events(
            @ForAll("commands") List<StockTask> commands) throws Exception {
        Configuration axon = start();
        try {
            commands.forEach(command -> send(axon, command));
            Ledger ledger = Ledger.of(axon);
            if (ledger.events > 0) {
                JsonNode state = stateOf(axon);
                assertThat(state.path("level").path("onHand").asInt()).isEqualTo(ledger.onHand);
                assertThat(state.path("level").path("reserved").asInt()).isEqualTo(ledger.reserved());
                assertThat(holdsIn(state)).isEqualTo(ledger.holds);
                assertThat(JSON.<JsonNode>valueToTree(JSON.treeToValue(state, StockItem.class))).isEqualTo(state);
            }
        } finally {
            axon.shutdown();
        }
    }

    @Provide
    Arbitrary<List<StockTask>> commands() {
        Arbitrary<Integer> units = Arbitraries.integers().between(1, 12);
        Arbitrary<OrderId> orders = Arbitraries.of("ord_a", "ord_b", "ord_c", "ord_d").map(OrderId::new);
        Arbitrary<String> shipments = Arbitraries.of("shp_1", "shp_2", "shp_3");
        Arbitrary<String> returns = Arbitraries.of("ret_1", "ret_2", "ret_3");
        Arbitrary<StockTask> command = Arbitraries.oneOf(
                units.map(Stock::receive),
                Arbitraries.integers().between(-12, 12).map(Stock::change),
                Arbitraries.integers().between(0, 30).map(Stock::count),
                Combinators.combine(orders, units).as(Stock::reserve),
                Combinators.combine(orders, units).as(Stock::reserve),
                orders.map(Stock::release),
                Combinators.combine(orders, shipments, units).as(
                        (order, shipment, quantity) -> Stock.ship(order, shipment + order, quantity)),
                Combinators.combine(orders, returns, units).as(Stock::takeBack),
                Combinators.combine(orders, returns, units).as(Stock::takeBackDamaged));
        return command.list().ofMaxSize(40);
    }

    /** What the events say, event by event. */
    private static final class Ledger {

        private final Map<String, Integer> holds = new HashMap<>();
        private int onHand;
        private int events;

        static Ledger of(Configuration axon) {
            var ledger = new Ledger();
            axon.eventStore().readEvents(MUG.stockItemId())
                    .forEachRemaining(event -> ledger.add(event.getPayload()));
            return ledger;
        }

        private void add(Object event) {
            events++;
            if (event instanceof StockReceived received) {
                onHand += received.quantity().value();
            } else if (event instanceof StockAdjusted adjusted) {
                onHand += adjusted.change();
            } else if (event instanceof StockFact fact) {
                onHand -= fact.shippedChange();
                onHand += fact instanceof StockReturned returned && !returned.damaged() ? fact.returnedChange() : 0;
                holds.merge(fact.orderId().value(), fact.reservedChange(),
                        (held, change) -> held + change == 0 ? null : held + change);
                holds.values().removeIf(held -> held == 0);
            }
            assertThat(holds.values()).allMatch(held -> held > 0);
            assertThat(reserved()).isBetween(0, onHand);
        }

        private int reserved() {
            return holds.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    private static Configuration start() {
        return DefaultConfigurer.defaultConfiguration(false)
                .configureSerializer(axon -> JacksonSerializer.builder().objectMapper(JSON).build())
                .configureEmbeddedEventStore(axon -> new InMemoryEventStorageEngine())
                .configureAggregate(AggregateConfigurer.defaultConfiguration(StockItem.class))
                .start();
    }

    private static void send(Configuration axon, StockTask command) {
        try {
            axon.commandGateway().sendAndWait(command);
        } catch (Refusal refused) {
            assertThat(refused.details().code()).isIn("unknown_sku", "below_reserved", "invalid_adjustment");
        } catch (IllegalStateException neverAskedByTheSaga) {
            assertThat(command).isInstanceOf(ShipStock.class);
        }
    }

    private static JsonNode stateOf(Configuration axon) throws Exception {
        return DefaultUnitOfWork.startAndGet(null).executeWithResult(() -> axon.repository(StockItem.class)
                .load(MUG.stockItemId()).invoke(JSON::<JsonNode>valueToTree)).getPayload();
    }

    private static Map<String, Integer> holdsIn(JsonNode state) {
        var holds = new HashMap<String, Integer>();
        state.path("holds").fields().forEachRemaining(hold ->
                holds.put(hold.getKey(), hold.getValue().path("quantity").asInt()));
        return holds;
    }
}
