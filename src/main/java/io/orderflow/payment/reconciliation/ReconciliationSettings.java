package io.orderflow.payment.reconciliation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the reconciliation.
 *
 * @param every     from the end of a scheduled reconciliation to the start of the next; zero for none
 * @param window    how far back a reconciliation looks by default
 * @param tolerance a younger change is in flight and no difference
 */
@ConfigurationProperties("orderflow.payment.reconciliation")
record ReconciliationSettings(@DefaultValue("1h") Duration every, @DefaultValue("30d") Duration window,
        @DefaultValue("15m") Duration tolerance) {
}
