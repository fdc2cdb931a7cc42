package io.orderflow.audit;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Audits of the running application: on request, and by schedule. */
@Configuration(proxyBeanMethods = false)
class InvariantsConfiguration {

    @Bean
    InvariantAudits invariantAudits(DataSourceProperties store, Environment environment, Clock clock) {
        return new InvariantAudits(new Snapshots(store.determineUrl(), store.determineUsername(),
                store.determinePassword()), () -> GatewayLedger.of(environment), clock);
    }

    /** Runs on one node of all. */
    @Bean
    Task<Void> invariantPatrols(@Value("${orderflow.invariants.every:24h}") Duration every, InvariantAudits audits) {
        return Tasks.recurring("invariants", new Every(every)).execute((instance, context) -> audits.patrol());
    }

    @Bean
    MeterBinder invariantMetrics(InvariantAudits audits) {
        return registry -> Gauge.builder("orderflow.invariant.violations", audits::violations)
                .description("Found by the last audit").register(registry);
    }

    /** Unlike {@code FixedDelay} without a run at the start of the application. */
    private record Every(Duration period) implements Schedule {

        @Override
        public Instant getNextExecutionTime(ExecutionComplete done) {
            return done.getTimeDone().plus(period);
        }

        @Override
        public boolean isDeterministic() {
            return false;
        }
    }
}
