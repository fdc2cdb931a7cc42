package io.orderflow.fulfillment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How long an order may wait at each step.
 *
 * @param paymentOverdue  for the customer to confirm a payment, and until a gateway that does not answer is overdue
 * @param gatewayPatience for a gateway that does not answer, before the order is rejected
 */
@ConfigurationProperties("orderflow.fulfillment")
record FulfillmentProperties(
        Duration reservationOverdue,
        Duration paymentOverdue,
        Duration gatewayPatience,
        Duration dispatchOverdue,
        Duration shippingOverdue,
        Duration undoOverdue,
        Duration returnOverdue) {
}
