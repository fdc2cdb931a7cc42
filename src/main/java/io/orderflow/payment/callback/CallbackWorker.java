package io.orderflow.payment.callback;

import io.orderflow.payment.OperationRows;
import io.orderflow.payment.callback.CallbackRows.ReceivedCallback;
import io.orderflow.payment.callback.CallbackRows.Status;
import io.orderflow.payment.gateway.GatewayNotice;
import io.orderflow.payment.gateway.GatewayQueue;
import io.orderflow.payment.gateway.GatewayWorker;
import io.orderflow.shared.PaymentId;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Handles callbacks: each brings forward the look-up of the payment that it names. One that names nothing known may be
 * early, so it is retried for days.
 *
 * <p>Many are handled in one transaction, because most arrive after the answer to our own call, and a commit for each
 * would cost more than the payment. Several nodes may handle the same callback: looking up twice is harmless.
 */
@Component
class CallbackWorker {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackWorker.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int MOST_AT_ONCE = 500;
    /** About four days with the back-off of the gateway's work. */
    private static final int MOST_ATTEMPTS = 1_200;

    private final OperationRows operations;
    private final CallbackRows callbacks;
    private final GatewayQueue queue;
    private final TransactionTemplate transaction;
    private final Clock clock;

    CallbackWorker(OperationRows operations, CallbackRows callbacks, GatewayQueue queue,
            PlatformTransactionManager transactions, Clock clock) {
        this.operations = operations;
        this.callbacks = callbacks;
        this.queue = queue;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** After a failure, the callbacks are still due. */
    void handleDue() {
        try {
            var updates = callbacks.due(clock.instant(), MOST_AT_ONCE).stream().map(this::handle).toList();
            if (!updates.isEmpty()) {
                transaction.executeWithoutResult(status -> updates.forEach(Runnable::run));
            }
        } catch (RuntimeException failure) {
            LOG.warn("Handling callbacks failed; they are stored and will be handled later", failure);
        }
    }

    /** Brings the look-up forward, and returns how to update the row. */
    private Runnable handle(ReceivedCallback callback) {
        var notice = callback.notice();
        var payment = paymentOf(notice);
        if (payment.isPresent()) {
            return queue.inquire(payment.get(), notice.operationId())
                    ? () -> callbacks.end(callback, Status.HANDLED, clock.instant()) : postpone(callback, SOON);
        }
        if (callback.attempts() < MOST_ATTEMPTS) {
            return postpone(callback, GatewayWorker.backoff(callback.attempts()));
        }
        LOG.error("Callback {} of {} names nothing known and is not retried any more: {}", notice.id(),
                callback.gateway(), notice);
        return () -> callbacks.end(callback, Status.UNMATCHED, clock.instant());
    }

    private Optional<PaymentId> paymentOf(GatewayNotice notice) {
        return notice.paymentId() == null ? operations.paymentOf(notice.operationId())
                : Optional.of(notice.paymentId()).filter(operations::knows);
    }

    private Runnable postpone(ReceivedCallback callback, Duration delay) {
        return () -> callbacks.postpone(callback, clock.instant().plus(delay));
    }
}
