package io.orderflow.payment;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.orderflow.shared.PaymentId;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Follows callbacks: each makes us ask the gateway about the payment it speaks of, now. One that speaks of nothing we
 * know may be early, so it is tried again, for days.
 */
class CallbackWorker {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackWorker.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    /** With the back-off of the gateway's work this is about four days. */
    private static final int MOST_ATTEMPTS = 1_200;

    private final OperationRows operations;
    private final CallbackRows callbacks;
    private final ObjectProvider<Inquiries> inquiries;
    private final Clock clock;

    /** The inquiries come lazily: they need the scheduler that runs this. */
    CallbackWorker(OperationRows operations, CallbackRows callbacks, ObjectProvider<Inquiries> inquiries,
            Clock clock) {
        this.operations = operations;
        this.callbacks = callbacks;
        this.inquiries = inquiries;
        this.clock = clock;
    }

    CompletionHandler<CallbackWork> work(TaskInstance<CallbackWork> instance, ExecutionContext context) {
        var work = instance.getData();
        var payment = paymentOf(work.notice());
        if (payment.isEmpty()) {
            return work.attempts() < MOST_ATTEMPTS ? again(work, GatewayWorker.backoff(work.attempts()))
                    : giveUp(work);
        }
        if (!inquiries.getObject().askNow(payment.get(), work.notice().operationId())) {
            return again(work, SOON);
        }
        callbacks.set(work, CallbackRows.Status.HANDLED, clock.instant());
        return new CompletionHandler.OnCompleteRemove<>();
    }

    void tryAgain(ExecutionComplete failed, ExecutionOperations<CallbackWork> operations) {
        operations.reschedule(failed, failed.getTimeDone().plus(
                GatewayWorker.backoff(failed.getExecution().consecutiveFailures)));
    }

    private Optional<PaymentId> paymentOf(GatewayNotice notice) {
        return notice.paymentId() == null ? operations.paymentOf(notice.operationId())
                : Optional.of(notice.paymentId()).filter(operations::knows);
    }

    private CompletionHandler<CallbackWork> giveUp(CallbackWork work) {
        LOG.error("Callback {} of {} is about {}, which is not known here: it is kept and not tried again",
                work.notice().id(), work.gateway(), work.notice());
        callbacks.set(work, CallbackRows.Status.UNMATCHED, clock.instant());
        return new CompletionHandler.OnCompleteRemove<>();
    }

    private static CompletionHandler<CallbackWork> again(CallbackWork work, Duration delay) {
        return (done, operations) -> operations.reschedule(done, done.getTimeDone().plus(delay), work.again());
    }
}
