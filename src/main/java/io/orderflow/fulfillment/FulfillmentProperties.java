package io.orderflow.fulfillment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an order may wait at each step.
 *
 * @param paymentOverdue  for the customer to confirm a payment, and until a gateway that says nothing is called overdue
 * @param gatewayPatience for a gateway that says nothing, before the order is given up
 */
@ConfigurationProperties("orderflow.fulfillment")
record FulfillmentProperties(
        @DefaultValue("5m") Duration reservationOverdue,
        @DefaultValue("30m") Duration paymentOverdue,
        @DefaultValue("24h") Duration gatewayPatience,
        @DefaultValue("2d") Duration dispatchOverdue,
        @DefaultValue("10m") Duration shippingOverdue,
        @DefaultValue("1m") Duration undoOverdue,
        @DefaultValue("10m") Duration returnOverdue) {
}
