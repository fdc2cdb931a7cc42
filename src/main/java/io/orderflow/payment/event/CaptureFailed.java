package io.orderflow.payment.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;

/** The gateway refuses for good to take the money for a shipment; somebody has to look. */
@StoredAs("payment.CaptureFailed")
public record CaptureFailed(PaymentId paymentId, OrderId orderId, String operationId, String shipmentId, String code,
        String detail, PaymentStatus paymentStatus) implements PaymentFact {
}
