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

/** The task of a reconciliation, its schedule, and its metrics. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReconciliationSettings.class)
class ReconciliationConfiguration {

    private static final Duration STORE_RETRY = Duration.ofSeconds(10);

    @Bean
    Task<Void> paymentReconciliation(ReconciliationTask reconciler) {
        return Tasks.oneTime("payment-reconciliation", Void.class)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(STORE_RETRY))
                .onDeadExecutionRevive().execute(reconciler::work);
    }

    /** Runs on one of all nodes. The commands are resolved lazily: they need the scheduler that runs this. */
    @Bean
    Task<Void> paymentReconciliationSchedule(ReconciliationSettings settings,
            ObjectProvider<ReconciliationCommands> commands) {
        var schedule = settings.every().isZero() ? new DisabledSchedule() : FixedDelay.of(settings.every());
        return Tasks.recurring("payment-reconciliation-schedule", schedule).execute((instance, context) ->
                commands.getObject().startScheduled(context.getExecution().executionTime));
    }

    /** Read from the store, so that all nodes report the same. */
    @Bean
    MeterBinder reconciliationMetrics(ReconciliationRows rows, Clock clock) {
        return registry -> {
            Gauge.builder("orderflow.reconciliation.differences", () -> rows.lastFinished()
                            .map(ReconciliationView::differencesCount).orElse(null))
                    .description("Differences found by the last finished reconciliation")
                    .register(registry);
            Gauge.builder("orderflow.reconciliation.age", () -> rows.lastFinished()
                            .map(last -> Duration.between(last.finishedAt(), clock.instant()).toSeconds()).orElse(null))
                    .description("Time since the last finished reconciliation")
                    .baseUnit("seconds").register(registry);
        };
    }
}
