package io.orderflow.payment.reconciliation;

import com.github.kagkarlsson.scheduler.SchedulerState;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.payment.gateway.AnswerUnknownException;
import io.orderflow.payment.gateway.GatewayEntry;
import io.orderflow.payment.gateway.PaymentGateway;
import io.orderflow.payment.query.ReconciliationView.Status;
import io.orderflow.payment.reconciliation.ReconciliationRows.Attempt;
import io.orderflow.payment.reconciliation.ReconciliationRun.Report;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs the reconciliations that were started. One that fails is over and says why; one whose process dies is started
 * again by the node that finds its task.
 */
@Component
class ReconciliationTask {

    private static final Logger LOG = LoggerFactory.getLogger(ReconciliationTask.class);
    private static final String PROJECTION = "payment-projection";

    private final PaymentGateway gateway;
    private final ReconciliationRows reconciliations;
    private final LedgerRows ledgers;
    private final ReconciliationSettings settings;
    private final TransactionTemplate transaction;
    private final ObjectProvider<EventProcessingConfiguration> processing;
    private final MeterRegistry meters;
    private final Clock clock;

    /** @param processing resolved lazily: the processors are built after the scheduler that runs this */
    ReconciliationTask(PaymentGateway gateway, ReconciliationRows reconciliations, LedgerRows ledgers,
            ReconciliationSettings settings, PlatformTransactionManager transactions,
            ObjectProvider<EventProcessingConfiguration> processing, MeterRegistry meters, Clock clock) {
        this.gateway = gateway;
        this.reconciliations = reconciliations;
        this.ledgers = ledgers;
        this.settings = settings;
        this.transaction = new TransactionTemplate(transactions);
        this.processing = processing;
        this.meters = meters;
        this.clock = clock;
    }

    void work(TaskInstance<Void> instance, ExecutionContext context) {
        transaction.execute(status -> reconciliations.begin(instance.getId(), clock.instant())).ifPresent(run ->
                reconcile(run, context.getSchedulerState()));
    }

    private void reconcile(Attempt run, SchedulerState scheduler) {
        try {
            var report = compare(run, scheduler);
            if (reconciliations.finish(run, report, clock.instant())) {
                cleanUp(run, Status.FINISHED);
            }
            if (report.differences() > 0) {
                LOG.warn("Our ledger and that of {} have {} differences, see reconciliation {}", gateway.name(),
                        report.differences(), run.id());
            }
        } catch (RuntimeException failure) {
            if (scheduler.isShuttingDown()) {
                // The task stays and is started again after the restart.
                throw failure;
            }
            var reason = reason(failure);
            LOG.warn("Reconciliation {} failed and says nothing about the ledgers; the next one runs as scheduled: {}",
                    run.id(), reason, failure instanceof AnswerUnknownException ? null : failure);
            if (reconciliations.fail(run, reason, clock.instant())) {
                cleanUp(run, Status.FAILED);
            }
        }
    }

    private Report compare(Attempt run, SchedulerState scheduler) {
        var reconciliation = new ReconciliationRun(run, reconciliations, ledgers, transaction);
        ledgers.clear(run);
        requireProjection();
        // Clocks differ: what we requested at the start of the window may be a little older there.
        try (Stream<GatewayEntry> ledger = gateway.ledger(run.since().minus(settings.tolerance()))) {
            reconciliation.copy(ledger.peek(entry -> requireNoShutdown(scheduler)).iterator());
        }
        var report = reconciliation.compare(new LedgerComparison(run.startedAt().minus(settings.tolerance())));
        requireProjection();
        return report;
    }

    private void cleanUp(Attempt run, Status status) {
        ledgers.clear(run);
        reconciliations.deleteOldest();
        meters.timer("orderflow.reconciliation.runs", "outcome", status.name().toLowerCase(Locale.ROOT))
                .record(Duration.between(run.startedAt(), clock.instant()));
    }

    /** During a replay our ledger is incomplete. A finished replay counts as one until the next event. */
    private void requireProjection() {
        processing.getObject().eventProcessor(PROJECTION, StreamingEventProcessor.class).ifPresent(processor -> {
            if (!processor.isRunning() || processor.processingStatus().values().stream()
                    .anyMatch(segment -> segment.isReplaying() && !segment.isCaughtUp())) {
                throw new IllegalStateException("The processor '%s' is stopped or being replayed"
                        .formatted(PROJECTION));
            }
        });
    }

    private static void requireNoShutdown(SchedulerState scheduler) {
        if (scheduler.isShuttingDown()) {
            throw new IllegalStateException("Orderflow shuts down");
        }
    }

    private static String reason(RuntimeException failure) {
        return failure instanceof AnswerUnknownException || failure instanceof IllegalStateException
                ? failure.getMessage() : "It failed for a reason that is in the log";
    }
}
