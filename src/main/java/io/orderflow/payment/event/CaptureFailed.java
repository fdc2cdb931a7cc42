package io.orderflow.payment.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;
import org.jspecify.annotations.Nullable;

/** The gateway has finally refused to capture the money for a shipment; staff has to act. */
@StoredAs("payment.CaptureFailed")
public record CaptureFailed(PaymentId paymentId, OrderId orderId, String operationId, String shipmentId,
        @Nullable String code, @Nullable String detail, PaymentStatus paymentStatus) implements PaymentFact {
}
