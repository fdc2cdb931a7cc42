package io.orderflow.payment.gateway;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.orderflow.payment.query.GatewayWorkView;
import io.orderflow.payment.query.GatewayWorkView.Guard;
import io.orderflow.payment.query.GatewayWorkView.Waiting;
import io.orderflow.payment.query.ListGatewayWork;
import java.util.List;
import java.util.Locale;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.stereotype.Component;

/**
 * Tells what waits for the gateway. Starts from the operations and not from their tasks, so that one which has lost
 * its task shows as well.
 */
@Component
class WaitingOperations {

    private static final List<String> GUARDS = List.of("gateway-charges", "gateway-reversals");

    private final WaitingRows rows;
    private final Scheduler scheduler;
    private final Task<GatewayWork> task;
    private final CircuitBreakerRegistry breakers;
    private final BulkheadRegistry bulkheads;

    WaitingOperations(WaitingRows rows, Scheduler scheduler, Task<GatewayWork> gatewayOperation,
            CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads) {
        this.rows = rows;
        this.scheduler = scheduler;
        this.task = gatewayOperation;
        this.breakers = breakers;
        this.bulkheads = bulkheads;
    }

    @QueryHandler
    GatewayWorkView answer(ListGatewayWork query) {
        return new GatewayWorkView(rows.count(), rows.oldest(query.limit()).stream().map(this::waiting).toList(),
                GUARDS.stream().map(this::guard).toList());
    }

    private Waiting waiting(WaitingRows.Row row) {
        var work = scheduler.getScheduledExecution(task.instanceId(row.operationId()));
        return new Waiting(row.operationId(), row.paymentId(), row.orderId(), row.kind(), row.status(), row.amount(),
                row.requestedAt(), work.map(found -> ((GatewayWork) found.getData()).doubts()).orElse(null),
                work.map(found -> ((GatewayWork) found.getData()).doubt()).orElse(null),
                work.map(ScheduledExecution::getExecutionTime).orElse(null),
                work.filter(ScheduledExecution::isPicked).isPresent());
    }

    private Guard guard(String name) {
        var breaker = breakers.circuitBreaker(name);
        var calls = bulkheads.bulkhead(name).getMetrics();
        int failures = Math.round(breaker.getMetrics().getFailureRate());
        return new Guard(name, breaker.getState().name().toLowerCase(Locale.ROOT), failures < 0 ? null : failures,
                calls.getAvailableConcurrentCalls(), calls.getMaxAllowedConcurrentCalls());
    }
}
