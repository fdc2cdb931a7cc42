package io.orderflow.payment;

import io.orderflow.payment.query.FindPayment;
import io.orderflow.payment.query.PaymentView;
import io.orderflow.platform.spi.CatchUp;
import io.orderflow.platform.spi.LiveResource;
import io.orderflow.platform.spi.Ownership;
import io.orderflow.platform.spi.WaitPreference;
import io.orderflow.shared.Caller;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.Refusal;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads the payments that a caller may see, now or after their next change. */
@Component
class PaymentAnswers {

    private final LiveResource<PaymentView> payments;
    private final Ownership ownership;

    PaymentAnswers(QueryGateway queries, CatchUp catchUp, Ownership ownership) {
        this.payments = new LiveResource<>(queries, catchUp, PaymentProjection.GROUP, PaymentView.class);
        this.ownership = ownership;
    }

    /** @throws Refusal the same one for a payment that does not exist and one of another shop */
    PaymentView get(PaymentId id, Caller caller) {
        return payments.get(new FindPayment(id, caller.shop()), id.value(), () -> requireVisible(id, caller));
    }

    /** @throws Refusal as {@link #get} */
    Mono<PaymentView> changed(PaymentId id, Caller caller, WaitPreference preference) {
        return payments.changed(new FindPayment(id, caller.shop()), get(id, caller), caller, preference);
    }

    private void requireVisible(PaymentId id, Caller caller) {
        if (!ownership.exists(id.value(), caller.shop())) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "unknown_payment", "There is no payment '%s'.".formatted(id));
        }
    }
}
