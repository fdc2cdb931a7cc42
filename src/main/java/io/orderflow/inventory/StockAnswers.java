package io.orderflow.inventory;

import io.orderflow.inventory.query.FindStock;
import io.orderflow.inventory.query.ListMovements;
import io.orderflow.inventory.query.ListStock;
import io.orderflow.inventory.query.MovementPage;
import io.orderflow.inventory.query.StockPage;
import io.orderflow.inventory.query.StockView;
import io.orderflow.platform.spi.CatchUp;
import io.orderflow.platform.spi.LiveResource;
import io.orderflow.shared.Caller;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.Sku;
import io.orderflow.shared.WaitPreference;
import java.time.Duration;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Asks the projection, and gives it a moment where the ledger knows more than it does. */
@Component
class StockAnswers {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final LiveResource<StockView> levels;
    private final QueryGateway queries;
    private final StockLedger ledger;

    StockAnswers(QueryGateway queries, StockLedger ledger, CatchUp catchUp) {
        this.levels = new LiveResource<>(queries, catchUp, StockProjection.GROUP, StockView.class);
        this.queries = queries;
        this.ledger = ledger;
    }

    /** @throws Refusal when the SKU was never received */
    StockView to(FindStock query) {
        return levels.get(query, query.sku().stockItemId(), () -> requireKnown(query.sku()));
    }

    /** @throws Refusal when the SKU was never received */
    Mono<StockView> changed(FindStock query, Caller caller, WaitPreference preference) {
        return levels.changed(query, to(query), caller, preference);
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

    private void requireKnown(Sku sku) {
        if (!ledger.knows(sku)) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "unknown_sku",
                    "There was never any stock of '%s'.".formatted(sku));
        }
    }
}
