package io.orderflow.inventory;

import io.orderflow.inventory.query.FindStock;
import io.orderflow.inventory.query.ListMovements;
import io.orderflow.inventory.query.ListStock;
import io.orderflow.inventory.query.MovementPage;
import io.orderflow.inventory.query.StockPage;
import io.orderflow.inventory.query.StockView;
import io.orderflow.platform.spi.CatchUp;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.Sku;
import io.orderflow.shared.WaitPreference;
import java.time.Duration;
import java.util.Optional;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks the projection, and gives it a moment where the ledger knows more than it does. */
@Component
class StockAnswers {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final ResponseType<Optional<StockView>> ONE_LEVEL =
            ResponseTypes.optionalInstanceOf(StockView.class);

    private final QueryGateway queries;
    private final StockLedger ledger;
    private final CatchUp catchUp;

    StockAnswers(QueryGateway queries, StockLedger ledger, CatchUp catchUp) {
        this.queries = queries;
        this.ledger = ledger;
        this.catchUp = catchUp;
    }

    /** @throws Refusal when the SKU was never received */
    StockView to(FindStock query) {
        return ask(query, ONE_LEVEL).orElseGet(() -> {
            requireKnown(query.sku());
            return catchUp.await(StockProjection.GROUP, query.sku().stockItemId(),
                    () -> watch(query).next().toFuture());
        });
    }

    /**
     * The level as soon as it is news to the caller, or as it is when the patience is over.
     *
     * @throws Refusal when the SKU was never received
     */
    Mono<StockView> await(FindStock query, WaitPreference patience) {
        StockView now = to(query);
        return patience.isChanged(now) ? Mono.just(now)
                : watch(query).filter(patience::isChanged).next().timeout(Mono.fromFuture(patience.over()), Mono.just(now));
    }

    StockPage to(ListStock query) {
        return ask(query, ResponseTypes.instanceOf(StockPage.class));
    }

    /** @throws Refusal when the SKU was never received */
    MovementPage to(ListMovements query) {
        to(new FindStock(query.sku()));
        return ask(query, ResponseTypes.instanceOf(MovementPage.class));
    }

    private <R> R ask(Object query, ResponseType<R> type) {
        return Mono.fromFuture(queries.query(query, type)).block(PATIENCE);
    }

    private Flux<StockView> watch(FindStock query) {
        return Flux.using(
                () -> queries.subscriptionQuery(query, ONE_LEVEL, ResponseTypes.instanceOf(StockView.class)),
                level -> level.initialResult().flatMap(Mono::justOrEmpty).concatWith(level.updates()),
                level -> level.close());
    }

    private void requireKnown(Sku sku) {
        if (!ledger.knows(sku)) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "unknown_sku",
                    "There was never any stock of '%s'.".formatted(sku));
        }
    }
}
