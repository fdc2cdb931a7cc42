package io.orderflow.payment;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Clock;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps callbacks, each once, with the work to follow it: both are durable before the gateway gets its answer. */
@Component
class Callbacks {

    private final PaymentGateway gateway;
    private final CallbackRows rows;
    private final Scheduler scheduler;
    private final Task<CallbackWork> task;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Callbacks(PaymentGateway gateway, CallbackRows rows, Scheduler scheduler, Task<CallbackWork> gatewayCallback,
            PlatformTransactionManager transactions, Clock clock) {
        this.gateway = gateway;
        this.rows = rows;
        this.scheduler = scheduler;
        this.task = gatewayCallback;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Harmless to repeat: gateways deliver at least once. */
    void keep(GatewayNotice notice) {
        if (rows.knows(gateway.name(), notice.id())) {
            return;
        }
        try {
            transaction.executeWithoutResult(status -> {
                rows.add(gateway.name(), notice, clock.instant());
                scheduler.schedule(task.instance(gateway.name() + '-' + notice.id(),
                        new CallbackWork(gateway.name(), notice, 0)), clock.instant());
            });
        } catch (DuplicateKeyException keptByAnotherThread) {
            return;
        }
        scheduler.triggerCheckForDueExecutions();
    }
}
