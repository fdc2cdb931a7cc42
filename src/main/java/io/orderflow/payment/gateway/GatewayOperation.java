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

/**
 * One thing to ask of the gateway, complete in itself, so that it can be repeated word for word.
 *
 * @param id              the gateway's idempotency key: chosen before the first call and never exchanged for another
 * @param method          how the customer pays; null unless it is an authorization
 * @param authorizationId what the gateway set aside; null if it is an authorization
 */
public record GatewayOperation(String id, Kind kind, PaymentId paymentId, OrderId orderId, Money amount,
        PaymentMethod method, String authorizationId) {

    public static GatewayOperation of(PaymentRequested event) {
        return new GatewayOperation(event.operationId(), Kind.AUTHORIZE, event.paymentId(), event.orderId(),
                event.amount(), event.method(), null);
    }

    public static GatewayOperation of(CaptureRequested event) {
        return new GatewayOperation(event.operationId(), Kind.CAPTURE, event.paymentId(), event.orderId(),
                event.amount(), null, event.authorizationId());
    }

    public static GatewayOperation of(RefundRequested event) {
        return new GatewayOperation(event.operationId(), Kind.REFUND, event.paymentId(), event.orderId(),
                event.amount(), null, event.authorizationId());
    }

    public static GatewayOperation of(ReversalRequested event) {
        return new GatewayOperation(event.operationId(),
                event.kind() == ReversalKind.REFUNDED ? Kind.REFUND : Kind.VOID, event.paymentId(), event.orderId(),
                event.amount(), null, event.authorizationId());
    }
}
