package io.orderflow.payment.reconciliation;

import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.DisabledSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.orderflow.payment.query.ReconciliationView;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The durable work that compares our ledger with the gateway's, when it is due, and what is measured of it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReconciliationSettings.class)
class ReconciliationConfiguration {

    private static final Duration AFTER_A_FAILURE_OF_THE_STORE = Duration.ofSeconds(10);

    @Bean
    Task<Void> paymentReconciliation(ReconciliationTask reconciler) {
        return Tasks.oneTime("payment-reconciliation", Void.class)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(AFTER_A_FAILURE_OF_THE_STORE))
                .onDeadExecutionRevive().execute(reconciler::work);
    }

    /** One node of all runs it. The reconciliations come lazily: they need the scheduler that runs this. */
    @Bean
    Task<Void> paymentReconciliationSchedule(ReconciliationSettings settings,
            ObjectProvider<ReconciliationCommands> reconciliations) {
        var schedule = settings.every().isZero() ? new DisabledSchedule() : FixedDelay.of(settings.every());
        return Tasks.recurring("payment-reconciliation-schedule", schedule).execute((instance, context) ->
                reconciliations.getObject().startAsUsual(context.getExecution().executionTime));
    }

    /** Asked of the store, so that every node tells the same, whichever made the comparison. */
    @Bean
    MeterBinder reconciliationMetrics(ReconciliationRows rows, Clock clock) {
        return registry -> {
            Gauge.builder("orderflow.reconciliation.differences", () -> rows.lastFinished()
                            .map(ReconciliationView::differencesCount).orElse(null))
                    .description("Differences that the last finished comparison with the gateway's ledger has found")
                    .register(registry);
            Gauge.builder("orderflow.reconciliation.age", () -> rows.lastFinished()
                            .map(last -> Duration.between(last.finishedAt(), clock.instant()).toSeconds()).orElse(null))
                    .description("Time since a comparison with the gateway's ledger has finished")
                    .baseUnit("seconds").register(registry);
        };
    }
}
