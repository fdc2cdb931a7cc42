package io.orderflow.payment.callback;

import io.orderflow.payment.gateway.GatewayNotice;
import io.orderflow.payment.gateway.PaymentGateway;
import java.time.Clock;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Keeps callbacks, each once; a kept one is durable, and followed by {@link CallbackWorker}. */
@Component
class Callbacks {

    private final PaymentGateway gateway;
    private final CallbackRows rows;
    private final Clock clock;

    Callbacks(PaymentGateway gateway, CallbackRows rows, Clock clock) {
        this.gateway = gateway;
        this.rows = rows;
        this.clock = clock;
    }

    /** Harmless to repeat: gateways deliver at least once. */
    void keep(GatewayNotice notice) {
        if (!rows.knows(gateway.name(), notice.id())) {
            try {
                rows.add(gateway.name(), notice, clock.instant());
            } catch (DuplicateKeyException keptByAnotherThread) {
                // The same callback came twice at the same moment: it is kept.
            }
        }
    }
}
