package io.orderflow.payment.gateway;

import io.orderflow.payment.event.CaptureRequested;
import io.orderflow.payment.event.PaymentRequested;
import io.orderflow.payment.event.RefundRequested;
import io.orderflow.payment.event.ReversalKind;
import io.orderflow.payment.event.ReversalRequested;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentMethod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request to the gateway, complete in itself so that it can be repeated unchanged.
 *
 * @param id              the idempotency key at the gateway: stored before the first call and never replaced
 * @param method          null unless it is an authorization
 * @param authorizationId the gateway's; null for an authorization until the gateway has named it
 * @param requestedAt     by our clock, UTC; before that the gateway cannot have performed it
 */
public record GatewayOperation(String id, Kind kind, PaymentId paymentId, OrderId orderId, Money amount,
        @Nullable PaymentMethod method, @Nullable String authorizationId, Instant requestedAt) {

    public static GatewayOperation of(PaymentRequested event, Instant requestedAt) {
        return new GatewayOperation(event.operationId(), Kind.AUTHORIZE, event.paymentId(), event.orderId(),
                event.amount(), event.method(), null, requestedAt);
    }

    public static GatewayOperation of(CaptureRequested event, Instant requestedAt) {
        return new GatewayOperation(event.operationId(), Kind.CAPTURE, event.paymentId(), event.orderId(),
                event.amount(), null, event.authorizationId(), requestedAt);
    }

    public static GatewayOperation of(RefundRequested event, Instant requestedAt) {
        return new GatewayOperation(event.operationId(), Kind.REFUND, event.paymentId(), event.orderId(),
                event.amount(), null, event.authorizationId(), requestedAt);
    }

    public static GatewayOperation of(ReversalRequested event, Instant requestedAt) {
        return new GatewayOperation(event.operationId(),
                event.kind() == ReversalKind.REFUNDED ? Kind.REFUND : Kind.VOID, event.paymentId(), event.orderId(),
                event.amount(), null, event.authorizationId(), requestedAt);
    }

    /** The same operation, with the gateway's id of the authorization if that has become known. */
    GatewayOperation knownAs(@Nullable String authorization) {
        return authorizationId != null || authorization == null ? this
                : new GatewayOperation(id, kind, paymentId, orderId, amount, method, authorization, requestedAt);
    }
}
