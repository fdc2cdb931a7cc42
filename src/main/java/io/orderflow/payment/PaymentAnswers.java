package io.orderflow.payment;

import io.orderflow.payment.query.FindPayment;
import io.orderflow.payment.query.PaymentView;
import io.orderflow.shared.Patience;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventsourcing.eventstore.EventStore;
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
    private final EventStore events;

    PaymentAnswers(QueryGateway queries, EventStore events) {
        this.queries = queries;
        this.events = events;
    }

    /** @throws Refusal when there is no such payment */
    PaymentView get(PaymentId id) {
        return find(id).orElseGet(() -> awaitIfItExists(id));
    }

    /**
     * The payment as soon as it is news to the caller, or as it is when the patience is over.
     *
     * @throws Refusal when there is no such payment
     */
    Mono<PaymentView> await(PaymentId id, Patience patience) {
        PaymentView now = get(id);
        return patience.isNews(now) ? Mono.just(now)
                : watch(id).filter(patience::isNews).next().timeout(patience.limit(), Mono.just(now));
    }

    private Optional<PaymentView> find(PaymentId id) {
        return queries.query(new FindPayment(id), ONE_PAYMENT)
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /** A payment that was requested a moment ago may not be in the tables yet; that is no reason for a 404. */
    private PaymentView awaitIfItExists(PaymentId id) {
        if (events.lastSequenceNumberFor(id.value()).isEmpty()) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "unknown_payment", "There is no payment '%s'.".formatted(id));
        }
        return watch(id).blockFirst(PATIENCE);
    }

    private Flux<PaymentView> watch(PaymentId id) {
        return Flux.using(
                () -> queries.subscriptionQuery(new FindPayment(id), ONE_PAYMENT,
                        ResponseTypes.instanceOf(PaymentView.class)),
                payment -> payment.initialResult().flatMap(Mono::justOrEmpty).concatWith(payment.updates()),
                payment -> payment.close());
    }
}
