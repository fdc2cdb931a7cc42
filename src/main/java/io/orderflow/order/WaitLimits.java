package io.orderflow.order;

import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** How long an order may wait at the steps that begin in this module. The saga acts by the same properties. */
@ConfigurationProperties("orderflow.fulfillment")
record WaitLimits(Duration reservationOverdue, Duration dispatchOverdue, Duration shippingOverdue) {

    WaitingOn reservation(Instant since) {
        return WaitingOn.atMost(reservationOverdue, Code.STOCK_RESERVATION, since);
    }

    WaitingOn dispatch(Instant since) {
        return WaitingOn.atMost(dispatchOverdue, Code.DISPATCH, since);
    }

    WaitingOn capture(Instant since) {
        return WaitingOn.atMost(shippingOverdue, Code.PAYMENT_CAPTURE, since);
    }
}
