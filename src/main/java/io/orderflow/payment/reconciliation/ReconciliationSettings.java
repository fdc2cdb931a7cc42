package io.orderflow.payment.reconciliation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How our ledger is compared with the gateway's.
 *
 * @param every     from the end of one comparison that nobody asked for to the next; zero for none
 * @param window    how far back a comparison looks when nobody says
 * @param tolerance what has changed since then is still in flight and no difference
 */
@ConfigurationProperties("orderflow.payment.reconciliation")
record ReconciliationSettings(@DefaultValue("1h") Duration every, @DefaultValue("30d") Duration window,
        @DefaultValue("15m") Duration tolerance) {
}
