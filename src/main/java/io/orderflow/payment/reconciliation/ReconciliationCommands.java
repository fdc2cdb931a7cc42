package io.orderflow.payment.reconciliation;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import io.orderflow.payment.command.StartReconciliation;
import io.orderflow.payment.gateway.PaymentGateway;
import io.orderflow.payment.query.ReconciliationView;
import io.orderflow.payment.reconciliation.ReconciliationRows.Attempt;
import io.orderflow.shared.Identities;
import io.orderflow.shared.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Starts reconciliations, one at a time. */
@Component
class ReconciliationCommands {

    private final ReconciliationRows rows;
    private final PaymentGateway gateway;
    private final Scheduler scheduler;
    private final Task<Void> task;
    private final ReconciliationSettings settings;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ReconciliationCommands(ReconciliationRows rows, PaymentGateway gateway, Scheduler scheduler,
            @Qualifier("paymentReconciliation") Task<Void> task, ReconciliationSettings settings,
            PlatformTransactionManager transactions, Clock clock) {
        this.rows = rows;
        this.gateway = gateway;
        this.scheduler = scheduler;
        this.task = task;
        this.settings = settings;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @CommandHandler
    ReconciliationView handle(StartReconciliation command) {
        if (rows.find(command.reconciliationId()).isEmpty()) {
            running().ifPresent(id -> {
                throw new Refusal(Refusal.Kind.CONFLICT, "reconciliation_running",
                        "Reconciliation '%s' is running; wait for its end.".formatted(id),
                        Map.of("reconciliation_id", id));
            });
            start(command.reconciliationId(), command.since() == null ? usualSince() : past(command.since()));
        }
        return rows.find(command.reconciliationId()).orElseThrow();
    }

    /** Does nothing while another one is running. */
    void startScheduled(Instant due) {
        transaction.executeWithoutResult(status -> {
            var id = Identities.at("rec_", due);
            if (running().isEmpty() && rows.find(id).isEmpty()) {
                start(id, usualSince());
            }
        });
    }

    private void start(String id, Instant since) {
        rows.add(id, gateway.name(), since, clock.instant());
        scheduler.schedule(task.instance(id), clock.instant());
    }

    /** One whose task was lost would block all others, so it is ended. */
    private Optional<String> running() {
        var running = rows.running();
        var lost = running.filter(run -> scheduler.getScheduledExecution(task.instanceId(run.id())).isEmpty());
        lost.ifPresent(run -> rows.fail(run, "Its task has disappeared from the scheduler", clock.instant()));
        return lost.isPresent() ? Optional.empty() : running.map(Attempt::id);
    }

    private Instant usualSince() {
        return clock.instant().minus(settings.window());
    }

    private Instant past(Instant since) {
        if (since.isBefore(Instant.EPOCH) || since.isAfter(clock.instant())) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid_since",
                    "A reconciliation begins between %s and now.".formatted(Instant.EPOCH));
        }
        return since;
    }
}
