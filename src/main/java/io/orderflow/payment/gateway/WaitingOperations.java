package io.orderflow.payment.gateway;

import static io.orderflow.platform.spi.StoredInstant.instant;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.orderflow.payment.gateway.GatewayWorkView.Guard;
import io.orderflow.payment.gateway.GatewayWorkView.Waiting;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The operations without a final outcome, with the tasks that work on them. Read from the operations, so that one whose
 * task was lost is listed too.
 */
@Component
class WaitingOperations implements MeterBinder {

    private static final String OPEN = "status in ('REQUESTED', 'ACTION_REQUIRED', 'PENDING', 'UNKNOWN')";

    private final JdbcClient jdbc;
    private final ObjectProvider<Scheduler> scheduler;
    private final Task<GatewayWork> task;
    private final CircuitBreakerRegistry breakers;
    private final BulkheadRegistry bulkheads;

    /** @param scheduler resolved lazily: meters are bound before it is built */
    WaitingOperations(JdbcClient jdbc, ObjectProvider<Scheduler> scheduler, Task<GatewayWork> gatewayOperation,
            CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads) {
        this.jdbc = jdbc;
        this.scheduler = scheduler;
        this.task = gatewayOperation;
        this.breakers = breakers;
        this.bulkheads = bulkheads;
    }

    GatewayWorkView oldest(int limit) {
        var items = jdbc.sql("""
                select o.operation_id, o.payment_id, p.order_id, o.kind, o.status, p.currency, o.amount, o.requested_at
                from payments.operation o join payments.payment p on p.payment_id = o.payment_id
                where o.""" + OPEN + " order by o.requested_at, o.operation_id limit ?").param(limit)
                .query((row, number) -> waiting(row)).list();
        return new GatewayWorkView(count(OPEN), items,
                List.of(guard("gateway-charges"), guard("gateway-reversals")));
    }

    private Waiting waiting(ResultSet row) throws SQLException {
        var id = row.getString("operation_id");
        var execution = scheduler.getObject().getScheduledExecution(task.instanceId(id));
        var work = execution.map(found -> (GatewayWork) found.getData());
        return new Waiting(id, new PaymentId(row.getString("payment_id")), new OrderId(row.getString("order_id")),
                Kind.valueOf(row.getString("kind")), OperationStatus.valueOf(row.getString("status")),
                new Money(row.getString("currency"), row.getLong("amount")), instant(row, "requested_at"),
                work.map(GatewayWork::doubts).orElse(null), work.map(GatewayWork::doubt).orElse(null),
                execution.map(ScheduledExecution::getExecutionTime).orElse(null),
                execution.filter(ScheduledExecution::isPicked).isPresent());
    }

    private Guard guard(String name) {
        var breaker = breakers.circuitBreaker(name);
        var calls = bulkheads.bulkhead(name).getMetrics();
        int failures = Math.round(breaker.getMetrics().getFailureRate());
        return new Guard(name, breaker.getState().name().toLowerCase(Locale.ROOT), failures < 0 ? null : failures,
                calls.getAvailableConcurrentCalls(), calls.getMaxAllowedConcurrentCalls());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var kind : Kind.values()) {
            Gauge.builder("orderflow.gateway.work", () -> count("kind = '" + kind.name() + "' and " + OPEN))
                    .tag("kind", kind.name().toLowerCase(Locale.ROOT)).register(registry);
        }
        Gauge.builder("orderflow.gateway.unknown", () -> count("status = 'UNKNOWN'")).register(registry);
    }

    private long count(String condition) {
        return jdbc.sql("select count(*) from payments.operation where " + condition).query(Long.class).single();
    }
}
