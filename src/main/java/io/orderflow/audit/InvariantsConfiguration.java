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

/** The auditor of the running application. */
@Configuration(proxyBeanMethods = false)
class InvariantsConfiguration {

    @Bean
    InvariantChecks invariantChecks(DataSourceProperties store, Environment environment, Clock clock) {
        return new InvariantChecks(new Auditor(KnownEvents.names()), new Snapshots(store.determineUrl(),
                store.determineUsername(), store.determinePassword()), () -> SandboxLedgers.of(environment), clock);
    }

    /** One node of all runs it. */
    @Bean
    Task<Void> invariantPatrols(@Value("${orderflow.invariants.every:24h}") Duration every, InvariantChecks checks) {
        return Tasks.recurring("invariants", new Every(every)).execute((instance, context) -> checks.patrol());
    }

    @Bean
    MeterBinder invariantMetrics(InvariantChecks checks) {
        return registry -> Gauge.builder("orderflow.invariant.violations", checks::violations)
                .description("Found by the last audit").register(registry);
    }

    /** Unlike {@code FixedDelay} not at the start, which has other things to do. */
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
