package io.orderflow.overview;

import io.orderflow.inventory.query.FindStockLevels;
import io.orderflow.inventory.query.StockView;
import io.orderflow.order.query.FindOrder;
import io.orderflow.order.query.OrderView;
import io.orderflow.overview.OrderOverview.Name;
import io.orderflow.overview.Part.Outcome;
import io.orderflow.payment.query.FindPayment;
import io.orderflow.payment.query.PaymentView;
import io.orderflow.platform.spi.CatchUp;
import io.orderflow.platform.spi.Ownership;
import io.orderflow.shared.Caller;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import reactor.core.publisher.Mono;

/** Gathers overviews: the payment beside the order, the stock as soon as the order says of what. */
class Overviews {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final String ORDERS = "order-projection";

    private final Map<Name, Part> parts;
    private final QueryGateway queries;
    private final Ownership ownership;
    private final CatchUp catchUp;

    Overviews(Map<Name, Part> parts, QueryGateway queries, Ownership ownership, CatchUp catchUp) {
        this.parts = parts;
        this.queries = queries;
        this.ownership = ownership;
        this.catchUp = catchUp;
    }

    /**
     * @throws Refusal the same one whether there is no such order or another shop has placed it; {@code order_unavailable}
     *                 when the order itself cannot be had
     */
    OrderOverview of(OrderId id, Caller caller) {
        CompletableFuture<Outcome<Optional<OrderView>>> orderAsked = parts.get(Name.ORDER)
                .ask(() -> order(new FindOrder(id, caller.shop())));
        CompletableFuture<Outcome<Optional<PaymentView>>> paymentAsked = parts.get(Name.PAYMENT)
                .ask(() -> payment(new FindPayment(PaymentId.of(id), caller.shop())));
        OrderView order = require(id, caller, orderAsked.join());
        Outcome<List<StockView>> stock = parts.get(Name.STOCK).ask(() -> stock(order)).join();
        Outcome<Optional<PaymentView>> payment = paymentAsked.join();
        return new OrderOverview(order, payment.isMissing() ? null : payment.value().orElse(null), stock.value(),
                Stream.of(payment, stock).filter(Outcome::isMissing).map(Outcome::missing).toList());
    }

    private OrderView require(OrderId id, Caller caller, Outcome<Optional<OrderView>> order) {
        if (order.isMissing()) {
            throw new Refusal(Refusal.Kind.UNAVAILABLE, "order_unavailable",
                    "The order cannot be shown at the moment; try again soon.",
                    Map.of("reason", order.missing().reason()));
        }
        return order.value().orElseThrow(() -> {
            if (ownership.exists(id.value(), caller.shop())) {
                catchUp.requireNotParked(ORDERS, id.value());
            }
            return new Refusal(Refusal.Kind.NOT_FOUND, "unknown_order", "There is no order '%s'.".formatted(id));
        });
    }

    /** One that was placed a moment ago may not be in the tables yet; that is no reason for a 404. */
    private Optional<OrderView> order(FindOrder query) {
        Optional<OrderView> found = queries.query(query, ResponseTypes.optionalInstanceOf(OrderView.class)).join();
        if (found.isPresent() || !ownership.exists(query.orderId().value(), query.shop())) {
            return found;
        }
        return catchUp.isParked(ORDERS, query.orderId().value()) ? Optional.empty() : await(query);
    }

    private Optional<OrderView> await(FindOrder query) {
        try (var order = queries.subscriptionQuery(query, ResponseTypes.optionalInstanceOf(OrderView.class),
                ResponseTypes.instanceOf(OrderView.class))) {
            return order.initialResult().flatMap(Mono::justOrEmpty).concatWith(order.updates()).next()
                    .blockOptional(LONGEST_WAIT);
        }
    }

    private Optional<PaymentView> payment(FindPayment query) {
        return queries.query(query, ResponseTypes.optionalInstanceOf(PaymentView.class)).join();
    }

    private List<StockView> stock(OrderView order) {
        return queries.query(new FindStockLevels(order.lines().stream().map(OrderView.Line::sku).toList()),
                ResponseTypes.multipleInstancesOf(StockView.class)).join();
    }
}
