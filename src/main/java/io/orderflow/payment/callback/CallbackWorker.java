package io.orderflow.payment.callback;

import io.orderflow.payment.OperationRows;
import io.orderflow.payment.callback.CallbackRows.Status;
import io.orderflow.payment.gateway.GatewayNotice;
import io.orderflow.payment.gateway.GatewayWorker;
import io.orderflow.payment.gateway.Inquiries;
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
 * Follows callbacks: each makes us ask the gateway about the payment it speaks of, now. One that speaks of nothing we
 * know may be early, so it is tried again, for days.
 *
 * <p>Many are followed together, because most find that our own call was answered meanwhile, and a commit for each
 * would cost more than the payment. Several nodes may follow the same one: asking twice does no harm.
 */
@Component
class CallbackWorker {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackWorker.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int MOST_AT_ONCE = 500;
    /** With the back-off of the gateway's work this is about four days. */
    private static final int MOST_ATTEMPTS = 1_200;

    private final OperationRows operations;
    private final CallbackRows callbacks;
    private final Inquiries inquiries;
    private final TransactionTemplate transaction;
    private final Clock clock;

    CallbackWorker(OperationRows operations, CallbackRows callbacks, Inquiries inquiries,
            PlatformTransactionManager transactions, Clock clock) {
        this.operations = operations;
        this.callbacks = callbacks;
        this.inquiries = inquiries;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Follows what is due; whatever fails on the way is due again. */
    void followAll() {
        try {
            var fates = callbacks.due(clock.instant(), MOST_AT_ONCE).stream().map(this::follow).toList();
            if (!fates.isEmpty()) {
                transaction.executeWithoutResult(status -> fates.forEach(Runnable::run));
            }
        } catch (RuntimeException trouble) {
            LOG.warn("Callbacks are kept, and followed once this has passed", trouble);
        }
    }

    /** Answers how to note what became of it. */
    private Runnable follow(KeptCallback callback) {
        var payment = paymentOf(callback.notice());
        if (payment.isEmpty()) {
            return callback.attempts() < MOST_ATTEMPTS
                    ? again(callback, GatewayWorker.backoff(callback.attempts())) : giveUp(callback);
        }
        boolean asked = inquiries.askNow(payment.get(), callback.notice().operationId());
        return asked ? () -> callbacks.end(callback, Status.HANDLED, clock.instant()) : again(callback, SOON);
    }

    private Optional<PaymentId> paymentOf(GatewayNotice notice) {
        return notice.paymentId() == null ? operations.paymentOf(notice.operationId())
                : Optional.of(notice.paymentId()).filter(operations::knows);
    }

    private Runnable again(KeptCallback callback, Duration delay) {
        return () -> callbacks.postpone(callback, clock.instant().plus(delay));
    }

    private Runnable giveUp(KeptCallback callback) {
        LOG.error("Callback {} of {} is about {}, which is not known here: it is kept and not tried again",
                callback.notice().id(), callback.gateway(), callback.notice());
        return () -> callbacks.end(callback, Status.UNMATCHED, clock.instant());
    }
}
