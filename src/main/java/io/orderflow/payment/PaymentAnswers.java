package io.orderflow.payment;

import io.orderflow.payment.query.FindPayment;
import io.orderflow.payment.query.PaymentView;
import io.orderflow.platform.spi.CatchUp;
import io.orderflow.platform.spi.Ownership;
import io.orderflow.shared.Caller;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.WaitPreference;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks for a payment, and gives the projection a moment where the events know more than it does. */
@Component
class PaymentAnswers {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final ResponseType<Optional<PaymentView>> ONE_PAYMENT =
            ResponseTypes.optionalInstanceOf(PaymentView.class);

    private final QueryGateway queries;
    private final Ownership ownership;
    private final CatchUp catchUp;

    PaymentAnswers(QueryGateway queries, Ownership ownership, CatchUp catchUp) {
        this.queries = queries;
        this.ownership = ownership;
        this.catchUp = catchUp;
    }

    /** @throws Refusal the same one whether there is no such payment or it is for an order of another shop */
    PaymentView get(PaymentId id, Caller caller) {
        var query = new FindPayment(id, caller.shop());
        return find(query).orElseGet(() -> {
            requireVisible(id, caller);
            // One that was requested a moment ago may not be in the tables yet; that is no reason for a 404.
            return catchUp.await(PaymentProjection.GROUP, id.value(), () -> watch(query).next().toFuture());
        });
    }

    /**
     * The payment as soon as it is news to the caller, or as it is when the patience is over.
     *
     * @throws Refusal as {@link #get}
     */
    Mono<PaymentView> await(PaymentId id, Caller caller, WaitPreference patience) {
        PaymentView now = get(id, caller);
        return patience.isChanged(now) ? Mono.just(now) : watch(new FindPayment(id, caller.shop()))
                .filter(patience::isChanged).next().timeout(Mono.fromFuture(patience.over()), Mono.just(now));
    }

    private Optional<PaymentView> find(FindPayment query) {
        return queries.query(query, ONE_PAYMENT)
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    private Flux<PaymentView> watch(FindPayment query) {
        return Flux.using(
                () -> queries.subscriptionQuery(query, ONE_PAYMENT, ResponseTypes.instanceOf(PaymentView.class)),
                payment -> payment.initialResult().flatMap(Mono::justOrEmpty).concatWith(payment.updates()),
                payment -> payment.close());
    }

    private void requireVisible(PaymentId id, Caller caller) {
        if (!ownership.exists(id.value(), caller.shop())) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "unknown_payment", "There is no payment '%s'.".formatted(id));
        }
    }
}
