package io.orderflow.payment.gateway;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.Task;
import io.orderflow.payment.OperationIds;
import io.orderflow.payment.OperationRows;
import io.orderflow.payment.event.CaptureRequested;
import io.orderflow.payment.event.PaymentRequested;
import io.orderflow.payment.event.RefundRequested;
import io.orderflow.payment.event.ReversalDemanded;
import io.orderflow.payment.event.ReversalRequested;
import io.orderflow.shared.PaymentId;
import java.time.Clock;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Schedules the calls of the gateway, in the transaction that marks the event which requests them as handled. */
@Component
@ProcessingGroup("payment-gateway")
@DisallowReplay
public class GatewayQueue {

    private final Scheduler scheduler;
    private final Task<GatewayWork> task;
    private final OperationRows operations;
    private final GatewaySettings settings;
    private final Clock clock;

    GatewayQueue(Scheduler scheduler, Task<GatewayWork> gatewayOperation, OperationRows operations,
            GatewaySettings settings, Clock clock) {
        this.scheduler = scheduler;
        this.task = gatewayOperation;
        this.operations = operations;
        this.settings = settings;
        this.clock = clock;
    }

    /** A payment of zero is authorized without the gateway. */
    @EventHandler
    void on(PaymentRequested event, @Timestamp Instant requestedAt) {
        if (!event.amount().isZero()) {
            schedule(GatewayWork.first(GatewayOperation.of(event, requestedAt)), requestedAt);
        }
    }

    @EventHandler
    void on(CaptureRequested event, @Timestamp Instant requestedAt) {
        schedule(GatewayWork.first(GatewayOperation.of(event, requestedAt)), requestedAt);
    }

    @EventHandler
    void on(RefundRequested event, @Timestamp Instant requestedAt) {
        schedule(GatewayWork.first(GatewayOperation.of(event, requestedAt)),
                requestedAt.plus(settings.refundDelay(event.attempt())));
    }

    @EventHandler
    void on(ReversalRequested event, @Timestamp Instant requestedAt) {
        schedule(GatewayWork.first(GatewayOperation.of(event, requestedAt)), requestedAt);
    }

    /** An authorization that was not sent yet, because the gateway is away, is abandoned at once. */
    @EventHandler
    void on(ReversalDemanded event) {
        var id = task.instanceId(OperationIds.authorization(event.paymentId()));
        scheduler.getScheduledExecution(id).ifPresent(waiting -> reschedule(() ->
                scheduler.reschedule(id, clock.instant(), ((GatewayWork) waiting.getData()).perhapsGivenUp())));
    }

    /**
     * Brings forward the look-up of all operations of a payment that may have been performed. One that was never sent
     * keeps its time: it has nothing to look up, and the next attempt at a refused refund waits for minutes on purpose.
     *
     * @return false when the gateway is being called for one right now, whose answer may be older than the inquiry
     */
    public boolean inquire(PaymentId payment) {
        return operations.open(payment).stream().map(this::lookUpNow).reduce(true, Boolean::logicalAnd);
    }

    /** Also looks up a refund that has succeeded: it may have bounced since. */
    public boolean inquire(PaymentId payment, @Nullable String operationId) {
        if (operationId != null) {
            operations.refund(operationId).ifPresent(refund ->
                    schedule(GatewayWork.first(refund).inDoubt(), clock.instant()));
        }
        return inquire(payment);
    }

    private boolean lookUpNow(String operationId) {
        var id = task.instanceId(operationId);
        var work = scheduler.getScheduledExecution(id);
        boolean isSent = work.filter(waiting -> ((GatewayWork) waiting.getData()).isInDoubt()).isPresent();
        return isSent ? reschedule(() -> scheduler.reschedule(id, clock.instant()))
                : work.filter(ScheduledExecution::isPicked).isEmpty();
    }

    private boolean reschedule(Runnable change) {
        try {
            change.run();
            wakeUp();
            return true;
        } catch (TaskInstanceNotFoundException done) {
            return true;
        } catch (TaskInstanceCurrentlyExecutingException | ExecutionException running) {
            return false;
        }
    }

    private void schedule(GatewayWork work, Instant due) {
        scheduler.scheduleIfNotExists(task.instance(work.operation().id(), work), due);
        wakeUp();
    }

    /** Saves the wait for the scheduler's next poll. */
    private void wakeUp() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    scheduler.triggerCheckForDueExecutions();
                }
            });
        } else {
            scheduler.triggerCheckForDueExecutions();
        }
    }
}
