package io.orderflow.payment;

import io.orderflow.payment.gateway.GatewayOperation;
import io.orderflow.payment.gateway.GatewaySettings;
import io.orderflow.payment.gateway.Guards;
import io.orderflow.payment.gateway.PaymentGateway;
import io.orderflow.payment.gateway.http.HttpPaymentGateway;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.shared.PaymentMethod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A gateway adapter that is quick to give up, and what to ask it. */
public final class Gateways {

    static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(2);
    public static final Instant REQUESTED_AT = Instant.parse("2026-11-24T10:00:00Z");

    private Gateways() {
    }

    /** The guards of production with short waits; each call makes breakers of its own. */
    public static PaymentGateway at(String url, int tries, int chargesAtOnce) {
        return Guards.around(new HttpPaymentGateway(settings(url), Clock.systemUTC()), tries, chargesAtOnce);
    }

    public static GatewaySettings settings(String url) {
        return new GatewaySettings("sandbox", url, Duration.ofSeconds(2), RESPONSE_TIMEOUT, "whsec_test",
                Duration.ofMinutes(1));
    }

    public static GatewayOperation authorize(String token) {
        return authorize(Payments.AUTHORIZE, token);
    }

    public static GatewayOperation authorize(String id, String token) {
        return new GatewayOperation(id, Kind.AUTHORIZE, Payments.PAYMENT, Payments.ORDER, Payments.TOTAL,
                new PaymentMethod(token), null, REQUESTED_AT);
    }

    public static GatewayOperation following(Kind kind, String id, long cents, String authorizationId) {
        return new GatewayOperation(id, kind, Payments.PAYMENT, Payments.ORDER, Payments.euro(cents), null,
                authorizationId, REQUESTED_AT);
    }
}
