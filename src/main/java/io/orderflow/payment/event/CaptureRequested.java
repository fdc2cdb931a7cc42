package io.orderflow.payment.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;

/** The money for a shipment is to be captured from this authorization. */
@StoredAs("payment.CaptureRequested")
public record CaptureRequested(PaymentId paymentId, OrderId orderId, String operationId, String shipmentId,
        Money amount, String authorizationId, PaymentStatus paymentStatus) implements PaymentFact {
}
