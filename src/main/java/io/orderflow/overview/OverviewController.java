package io.orderflow.overview;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.orderflow.inventory.query.FindStockLevels;
import io.orderflow.inventory.query.StockView;
import io.orderflow.order.query.FindOrder;
import io.orderflow.order.query.OrderView;
import io.orderflow.overview.OrderOverview.Name;
import io.orderflow.overview.Part.Outcome;
import io.orderflow.payment.query.FindPayment;
import io.orderflow.payment.query.PaymentView;
import io.orderflow.platform.spi.CatchUp;
import io.orderflow.platform.spi.DaemonThreads;
import io.orderflow.platform.spi.LiveResource;
import io.orderflow.platform.spi.Ownership;
import io.orderflow.shared.Caller;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * An order with its payment and the stock of its SKUs, as far as they are available. Order and payment are queried
 * concurrently, the stock as soon as the SKUs are known; each has its own circuit breaker and bulkhead.
 */
@RestController
@EnableConfigurationProperties(OverviewProperties.class)
class OverviewController {

    private final Map<Name, Part> parts;
    private final LiveResource<OrderView> orders;
    private final QueryGateway queries;
    private final Ownership ownership;

    OverviewController(CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads, OverviewProperties properties,
            QueryGateway queries, Ownership ownership, CatchUp catchUp) {
        // The bulkheads bound the number of threads. They end by themselves: an interrupt would close an H2 file.
        Executor threads = Executors.newCachedThreadPool(DaemonThreads.named("overview"));
        this.parts = Stream.of(Name.values()).collect(Collectors.toMap(name -> name, name -> new Part(name,
                breakers.circuitBreaker(name.instance()), bulkheads.bulkhead(name.instance()), threads,
                properties.patience())));
        this.orders = new LiveResource<>(queries, catchUp, "order-projection", OrderView.class);
        this.queries = queries;
        this.ownership = ownership;
    }

    /** @throws Refusal {@code order_unavailable} when the order itself cannot be read */
    @GetMapping("/v1/orders/{id}/overview")
    OrderOverview overview(@PathVariable OrderId id, Caller caller) {
        CompletableFuture<Outcome<OrderView>> orderQuery = parts.get(Name.ORDER).ask(() -> orders.get(
                new FindOrder(id, caller.shop()), id.value(), () -> ownership.requireOrder(id, caller.shop())));
        CompletableFuture<Outcome<Optional<PaymentView>>> paymentQuery = parts.get(Name.PAYMENT)
                .ask(() -> queries.query(new FindPayment(PaymentId.of(id), caller.shop()),
                        ResponseTypes.optionalInstanceOf(PaymentView.class)).join());
        OrderView order = require(orderQuery.join());
        Outcome<List<StockView>> stock = parts.get(Name.STOCK).ask(() -> queries.query(
                new FindStockLevels(order.lines().stream().map(OrderView.Line::sku).toList()),
                ResponseTypes.multipleInstancesOf(StockView.class)).join()).join();
        Outcome<Optional<PaymentView>> payment = paymentQuery.join();
        return new OrderOverview(order, payment.value() == null ? null : payment.value().orElse(null), stock.value(),
                Stream.of(payment, stock).filter(Outcome::isMissing).map(Outcome::missing).toList());
    }

    private static OrderView require(Outcome<OrderView> order) {
        if (order.isMissing()) {
            throw new Refusal(Refusal.Kind.UNAVAILABLE, "order_unavailable",
                    "The order cannot be read at the moment; try again soon.",
                    Map.of("reason", order.missing().reason()));
        }
        return order.value();
    }
}
