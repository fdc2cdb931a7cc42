package io.orderflow.payment.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;

/**
 * The money for a shipment is captured.
 *
 * @param amount        what this operation captured
 * @param capturedTotal what has been captured of the payment so far, this included
 * @param paymentStatus {@code partially_captured} or {@code captured}
 */
@StoredAs("payment.PaymentCaptured")
public record PaymentCaptured(PaymentId paymentId, OrderId orderId, String operationId, String shipmentId, Money amount,
        Money capturedTotal, PaymentStatus paymentStatus) implements PaymentFact {
}
