package io.orderflow.payment.reconciliation;

import com.github.kagkarlsson.scheduler.SchedulerState;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.payment.gateway.AnswerUnknownException;
import io.orderflow.payment.gateway.GatewayEntry;
import io.orderflow.payment.gateway.PaymentGateway;
import io.orderflow.payment.query.ReconciliationView.Status;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the comparisons that were started. One that fails is over and says why; one that dies with its process is
 * begun anew by whoever finds its task.
 */
@Component
class ReconciliationTask {

    private static final Logger LOG = LoggerFactory.getLogger(ReconciliationTask.class);
    private static final String PROJECTION = "payment-projection";

    private final PaymentGateway gateway;
    private final ReconciliationTables tables;
    private final ReconciliationSettings settings;
    private final TransactionTemplate transaction;
    private final ObjectProvider<EventProcessingConfiguration> processing;
    private final MeterRegistry meters;
    private final Clock clock;

    /** The processors come lazily: the scheduler that runs this is needed to build what they handle. */
    ReconciliationTask(PaymentGateway gateway, ReconciliationTables tables, ReconciliationSettings settings,
            PlatformTransactionManager transactions, ObjectProvider<EventProcessingConfiguration> processing,
            MeterRegistry meters, Clock clock) {
        this.gateway = gateway;
        this.tables = tables;
        this.settings = settings;
        this.transaction = new TransactionTemplate(transactions);
        this.processing = processing;
        this.meters = meters;
        this.clock = clock;
    }

    void work(TaskInstance<Void> instance, ExecutionContext context) {
        transaction.execute(status -> tables.runs().begin(instance.getId(), clock.instant()))
                .ifPresent(run -> reconcile(run, context.getSchedulerState()));
    }

    private void reconcile(ReconciliationAttempt run, SchedulerState scheduler) {
        try {
            tables.differences().clear(run);
            tables.lines().clear(run);
            long differences = compare(run, scheduler);
            end(run, Status.FINISHED, null);
            if (differences > 0) {
                LOG.warn("Our ledger and that of {} differ in {} places, see reconciliation {}", gateway.name(),
                        differences, run.id());
            }
        } catch (RuntimeException failure) {
            if (scheduler.isShuttingDown()) {
                // Not the gateway's fault: the task stays, and is begun anew after the restart.
                throw failure;
            }
            var reason = reason(failure);
            LOG.warn("Reconciliation {} failed and says nothing about the ledgers; the next one is made as usual: {}",
                    run.id(), reason, failure instanceof AnswerUnknownException ? null : failure);
            end(run, Status.FAILED, reason);
        }
    }

    private long compare(ReconciliationAttempt run, SchedulerState scheduler) {
        requireProjection();
        var comparison = new LedgerComparison(run.startedAt().minus(settings.tolerance()));
        var reconciliation = new ReconciliationRun(run, comparison, tables, transaction);
        // Clocks differ: what we requested right after the window began may be a little older there.
        try (Stream<GatewayEntry> ledger = gateway.ledger(run.since().minus(settings.tolerance()))) {
            reconciliation.readTheirs(ledger.peek(entry -> requireGoingOn(scheduler)));
        }
        reconciliation.readOurs();
        requireProjection();
        reconciliation.report();
        return reconciliation.differences();
    }

    /** An attempt that was overtaken ends nothing, and leaves alone what the other has read. */
    private void end(ReconciliationAttempt run, Status status, String failure) {
        var now = clock.instant();
        boolean ended = Boolean.TRUE.equals(transaction.execute(tx -> tables.runs().end(run, status, failure, now)));
        if (ended) {
            tables.lines().clear(run);
            tables.runs().forgetOldest();
            meters.timer("orderflow.reconciliation.runs", "outcome", status.name().toLowerCase(Locale.ROOT))
                    .record(Duration.between(run.startedAt(), now));
        }
    }

    /** While the payments are rebuilt from their events our side is only half there. */
    private void requireProjection() {
        processing.getObject().eventProcessor(PROJECTION, StreamingEventProcessor.class).ifPresent(processor -> {
            if (!processor.isRunning() || processor.processingStatus().values().stream().anyMatch(ReconciliationTask::isBehind)) {
                throw new IllegalStateException("The processor '%s' is stopped or being replayed"
                        .formatted(PROJECTION));
            }
        });
    }

    /** A replay that has come to its end counts as one until the next event comes. */
    private static boolean isBehind(EventTrackerStatus segment) {
        return segment.isReplaying() && !segment.isCaughtUp();
    }

    private static void requireGoingOn(SchedulerState scheduler) {
        if (scheduler.isShuttingDown()) {
            throw new IllegalStateException("Orderflow shuts down");
        }
    }

    /** In words, for people; what is not meant for them is in the log. */
    private static String reason(RuntimeException failure) {
        return failure instanceof AnswerUnknownException || failure instanceof IllegalStateException
                ? failure.getMessage() : "It failed for a reason that the log tells";
    }
}
