package io.orderflow.payment.gateway.stripe;

import io.orderflow.payment.gateway.GatewayOperation;
import io.orderflow.payment.gateway.GatewaySettings;
import io.orderflow.payment.gateway.Guards;
import io.orderflow.payment.gateway.PaymentGateway;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentMethod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Our Stripe gateway in front of a {@link StripeDouble}, and what to ask it about a payment of 100.00 EUR. */
final class Stripes {

    static final String WEBHOOK_SECRET = "whsec_double";
    static final String AUTHORIZE = "pay_1-authorize-1";
    /** When the double's clock starts, and its first operation is requested. */
    static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    static final PaymentId PAYMENT = new PaymentId("pay_1");

    private Stripes() {
    }

    /** One that asks so many times before it is in doubt. */
    static PaymentGateway gateway(StripeDouble stripe, int tries) {
        return gateway(stripe.url(), stripe.books().clock(), tries, Duration.ofSeconds(10));
    }

    /** One that does not wait long for an answer that never comes. */
    static PaymentGateway impatient(StripeDouble stripe) {
        return gateway(stripe.url(), stripe.books().clock(), 1, Duration.ofMillis(400));
    }

    private static PaymentGateway gateway(String url, Clock clock, int tries, Duration patience) {
        return Guards.around(new StripePaymentGateway(settings(url), new GatewaySettings("stripe", "", patience,
                patience, "", Duration.ofMinutes(1)), clock), tries, 25);
    }

    static StripeSettings settings(String url) {
        return new StripeSettings(StripeDouble.API_KEY, WEBHOOK_SECRET, url,
                "https://shop.example/orders/{order_id}/paid", Duration.ofDays(31));
    }

    static GatewayOperation authorize() {
        return authorize("pm_card_visa");
    }

    static GatewayOperation authorize(String method) {
        return authorize(AUTHORIZE, method, new Money("EUR", 100_00));
    }

    static GatewayOperation authorize(Money amount) {
        return authorize(AUTHORIZE, "pm_card_visa", amount);
    }

    static GatewayOperation authorize(String id, String method, Money amount) {
        return new GatewayOperation(id, Kind.AUTHORIZE, PAYMENT, new OrderId("ord_1"), amount,
                new PaymentMethod(method), null, START);
    }

    static GatewayOperation authorize(String id, Instant requestedAt) {
        return new GatewayOperation(id, Kind.AUTHORIZE, PAYMENT, new OrderId("ord_1"), new Money("EUR", 100_00),
                new PaymentMethod("pm_card_visa"), null, requestedAt);
    }

    /** The same once the gateway has named the first PaymentIntent that the double makes. */
    static GatewayOperation authorizeKnown(String method) {
        return new GatewayOperation(AUTHORIZE, Kind.AUTHORIZE, PAYMENT, new OrderId("ord_1"), new Money("EUR", 100_00),
                new PaymentMethod(method), "pi_1", START);
    }

    static GatewayOperation capture(String shipment, long cents) {
        return following(Kind.CAPTURE, "pay_1-capture-" + shipment, cents);
    }

    static GatewayOperation release(long cents) {
        return following(Kind.VOID, "pay_1-void-1", cents);
    }

    static GatewayOperation refund(String id, long cents) {
        return following(Kind.REFUND, "pay_1-refund-" + id, cents);
    }

    /** About the first PaymentIntent that the double makes. */
    static GatewayOperation following(Kind kind, String id, long cents) {
        return following(kind, id, new Money("EUR", cents), "pi_1");
    }

    static GatewayOperation following(Kind kind, String id, Money amount, String intent) {
        return new GatewayOperation(id, kind, PAYMENT, new OrderId("ord_1"), amount, null, intent, START);
    }
}
