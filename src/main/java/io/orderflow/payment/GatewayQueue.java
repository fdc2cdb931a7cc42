package io.orderflow.payment;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import io.orderflow.payment.event.CaptureRequested;
import io.orderflow.payment.event.PaymentRequested;
import io.orderflow.payment.event.ReversalRequested;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Queues what has to be asked of the gateway, in the transaction that marks the request as handled. */
@Component
@ProcessingGroup("payment-gateway")
@DisallowReplay
class GatewayQueue {

    private final Scheduler scheduler;
    private final Task<GatewayWork> task;

    GatewayQueue(Scheduler scheduler, Task<GatewayWork> gatewayOperation) {
        this.scheduler = scheduler;
        this.task = gatewayOperation;
    }

    /** An order worth nothing is authorized without the gateway. */
    @EventHandler
    void on(PaymentRequested event, @Timestamp Instant requestedAt) {
        if (!event.amount().isZero()) {
            queue(GatewayOperation.of(event), requestedAt);
        }
    }

    @EventHandler
    void on(CaptureRequested event, @Timestamp Instant requestedAt) {
        queue(GatewayOperation.of(event), requestedAt);
    }

    @EventHandler
    void on(ReversalRequested event, @Timestamp Instant requestedAt) {
        queue(GatewayOperation.of(event), requestedAt);
    }

    private void queue(GatewayOperation operation, Instant due) {
        scheduler.scheduleIfNotExists(task.instance(operation.id(), GatewayWork.first(operation)), due);
        TransactionSynchronizationManager.registerSynchronization(new WakeUp(scheduler));
    }

    /** The scheduler would find the work at its next poll; this saves the wait. */
    private record WakeUp(Scheduler scheduler) implements TransactionSynchronization {

        @Override
        public void afterCommit() {
            scheduler.triggerCheckForDueExecutions();
        }
    }
}
