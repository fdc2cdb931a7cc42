package io.orderflow.payment.command;

import io.orderflow.shared.Money;
import io.orderflow.shared.PaymentId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Capture the value of a shipment. */
public record CapturePayment(@TargetAggregateIdentifier PaymentId paymentId, String shipmentId, Money amount) {
}
