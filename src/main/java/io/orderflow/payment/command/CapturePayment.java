package io.orderflow.payment.command;

import io.orderflow.shared.Money;
import io.orderflow.shared.PaymentId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Take the part of the authorized money that a shipment is worth. */
public record CapturePayment(@TargetAggregateIdentifier PaymentId paymentId, String shipmentId, Money amount) {
}
