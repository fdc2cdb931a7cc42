package io.orderflow.order;

import io.orderflow.order.query.FindOrder;
import io.orderflow.order.query.OrderView;
import io.orderflow.platform.spi.CatchUp;
import io.orderflow.platform.spi.LiveResource;
import io.orderflow.platform.spi.Ownership;
import io.orderflow.platform.spi.WaitPreference;
import io.orderflow.shared.Caller;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Refusal;
import java.util.function.Predicate;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads the orders that a caller may see, now or after their next change. */
@Component
class OrderAnswers {

    private final LiveResource<OrderView> orders;
    private final Ownership ownership;

    OrderAnswers(QueryGateway queries, CatchUp catchUp, Ownership ownership) {
        this.orders = new LiveResource<>(queries, catchUp, OrderProjection.GROUP, OrderView.class);
        this.ownership = ownership;
    }

    /** @throws Refusal as {@link #requireVisible} */
    OrderView get(OrderId id, Caller caller) {
        return orders.get(new FindOrder(id, caller.shop()), id.value(), () -> requireVisible(id, caller));
    }

    /** @throws Refusal as {@link #requireVisible} */
    Mono<OrderView> changed(OrderId id, Caller caller, WaitPreference preference) {
        return orders.changed(new FindOrder(id, caller.shop()), get(id, caller), caller, preference);
    }

    Mono<OrderView> await(OrderId id, Caller caller, Predicate<OrderView> wanted, WaitPreference preference) {
        return orders.await(new FindOrder(id, caller.shop()), caller, wanted, preference);
    }

    /** @throws Refusal the same one for an order that does not exist and one of another shop */
    void requireVisible(OrderId id, Caller caller) {
        if (!ownership.exists(id.value(), caller.shop())) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "unknown_order", "There is no order '%s'.".formatted(id));
        }
    }
}
