package io.orderflow.fulfillment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How long an order may wait at each step. */
@ConfigurationProperties("orderflow.fulfillment")
record FulfillmentProperties(
        @DefaultValue("5m") Duration reservationOverdue,
        @DefaultValue("30m") Duration paymentOverdue,
        @DefaultValue("2d") Duration dispatchOverdue,
        @DefaultValue("10m") Duration shippingOverdue,
        @DefaultValue("1m") Duration undoOverdue) {
}
