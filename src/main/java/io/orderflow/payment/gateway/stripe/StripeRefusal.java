package io.orderflow.payment.gateway.stripe;

import io.orderflow.payment.gateway.GatewayOutcome;
import io.orderflow.payment.query.PaymentView.Kind;

/** Stripe understood what was asked for, and will not do it. */
final class StripeRefusal extends RuntimeException {

    private final transient GatewayOutcome declined;

    private StripeRefusal(GatewayOutcome outcome) {
        super(outcome.detail());
        this.declined = outcome;
    }

    /** It is the bank that said no. */
    static StripeRefusal byBank(String code) {
        return new StripeRefusal(GatewayOutcome.declined(code, "The bank declined: " + code));
    }

    static StripeRefusal byStripe(String code, String message) {
        return new StripeRefusal(GatewayOutcome.failed(code, "Stripe refused: " + message));
    }

    /** Only an authorization can be declined; whatever else the bank refuses has failed. */
    GatewayOutcome outcome(Kind kind) {
        return kind == Kind.AUTHORIZE ? declined : GatewayOutcome.failed(declined.code(), declined.detail());
    }
}
