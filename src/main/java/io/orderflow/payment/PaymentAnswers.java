package io.orderflow.payment;

import io.orderflow.payment.query.FindPayment;
import io.orderflow.payment.query.PaymentView;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Asks for a payment, and gives the projection a moment where the events know more than it does. */
@Component
class PaymentAnswers {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

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

    private Optional<PaymentView> find(PaymentId id) {
        return queries.query(new FindPayment(id), ResponseTypes.optionalInstanceOf(PaymentView.class))
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /** A payment that was requested a moment ago may not be in the tables yet; that is no reason for a 404. */
    private PaymentView awaitIfItExists(PaymentId id) {
        if (events.lastSequenceNumberFor(id.value()).isEmpty()) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "unknown_payment", "There is no payment '%s'.".formatted(id));
        }
        try (var payment = queries.subscriptionQuery(new FindPayment(id),
                ResponseTypes.optionalInstanceOf(PaymentView.class), ResponseTypes.instanceOf(PaymentView.class))) {
            return payment.initialResult().flatMap(Mono::justOrEmpty).concatWith(payment.updates())
                    .next().timeout(PATIENCE).block();
        }
    }
}
