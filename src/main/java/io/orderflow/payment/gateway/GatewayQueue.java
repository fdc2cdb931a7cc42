package io.orderflow.payment.gateway;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.Task;
import io.orderflow.payment.OperationIds;
import io.orderflow.payment.event.CaptureRequested;
import io.orderflow.payment.event.PaymentRequested;
import io.orderflow.payment.event.RefundRequested;
import io.orderflow.payment.event.ReversalDemanded;
import io.orderflow.payment.event.ReversalRequested;
import java.time.Clock;
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
    private final GatewaySettings settings;
    private final Clock clock;

    GatewayQueue(Scheduler scheduler, Task<GatewayWork> gatewayOperation, GatewaySettings settings, Clock clock) {
        this.scheduler = scheduler;
        this.task = gatewayOperation;
        this.settings = settings;
        this.clock = clock;
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

    /** What the gateway refused is not asked again at once: a minute may help, and then ten. */
    @EventHandler
    void on(RefundRequested event, @Timestamp Instant requestedAt) {
        queue(GatewayOperation.of(event), requestedAt.plus(settings.refundDelay(event.attempt())));
    }

    @EventHandler
    void on(ReversalRequested event, @Timestamp Instant requestedAt) {
        queue(GatewayOperation.of(event), requestedAt);
    }

    /** What has not been sent yet, because the gateway is away, need not be waited for. */
    @EventHandler
    void on(ReversalDemanded event) {
        var id = task.instanceId(OperationIds.authorization(event.paymentId()));
        scheduler.getScheduledExecution(id).ifPresent(waiting ->
                reschedule(() -> scheduler.reschedule(id, clock.instant(),
                        ((GatewayWork) waiting.getData()).perhapsGivenUp())));
    }

    /**
     * Has an operation that may have happened looked at now instead of at the end of its back-off. One that was never
     * sent has nothing to tell: it goes when it is its turn, a refused refund's next attempt in some minutes.
     *
     * @return false when somebody is looking at it this moment
     */
    boolean runNow(String operationId) {
        var id = task.instanceId(operationId);
        var work = scheduler.getScheduledExecution(id);
        boolean isSent = work.filter(waiting -> ((GatewayWork) waiting.getData()).isInDoubt()).isPresent();
        return isSent ? reschedule(() -> scheduler.reschedule(id, clock.instant()))
                : work.filter(ScheduledExecution::isPicked).isEmpty();
    }

    private boolean reschedule(Runnable move) {
        try {
            move.run();
            wakeUp();
            return true;
        } catch (TaskInstanceNotFoundException nothingToLookAt) {
            return true;
        } catch (TaskInstanceCurrentlyExecutingException | ExecutionException busy) {
            return false;
        }
    }

    /** Has the gateway asked again about an operation whose end is known, because it may have changed its mind. */
    void inquire(GatewayOperation operation) {
        scheduler.scheduleIfNotExists(task.instance(operation.id(), GatewayWork.first(operation).inDoubt()),
                clock.instant());
        wakeUp();
    }

    private void queue(GatewayOperation operation, Instant due) {
        scheduler.scheduleIfNotExists(task.instance(operation.id(), GatewayWork.first(operation)), due);
        wakeUp();
    }

    private void wakeUp() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new WakeUp(scheduler));
        } else {
            scheduler.triggerCheckForDueExecutions();
        }
    }

    /** The scheduler would find the work at its next poll; this saves the wait. */
    private record WakeUp(Scheduler scheduler) implements TransactionSynchronization {

        @Override
        public void afterCommit() {
            scheduler.triggerCheckForDueExecutions();
        }
    }
}
