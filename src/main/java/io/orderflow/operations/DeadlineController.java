package io.orderflow.operations;

import static io.orderflow.platform.spi.StoredInstant.instant;
import static io.orderflow.platform.spi.StoredInstant.utc;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Scheduled work: deadlines of orders and other tasks, counted by task, and the next ones. */
@RestController
@RequestMapping("/v1/operations/deadlines")
class DeadlineController {

    private final JdbcClient jdbc;
    private final Clock clock;

    DeadlineController(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param overdue executions that are due and not started
     * @param oldest  when the first execution is due, UTC
     */
    record TaskCount(String task, long pending, long overdue, Instant oldest) {
    }

    /**
     * @param due      UTC
     * @param node     the node that executes it now
     * @param failures consecutive failures
     */
    record Pending(String task, String id, Instant due, @Nullable String node, int failures) {
    }

    record DeadlineOverview(List<TaskCount> tasks, List<Pending> next) {
    }

    @GetMapping
    DeadlineOverview show(@RequestParam(required = false) @Nullable @CodePointLength(max = 128) String task,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        return new DeadlineOverview(counts(), next(task, limit));
    }

    private List<TaskCount> counts() {
        return jdbc.sql("SELECT task_name, COUNT(*) AS pending, MIN(execution_time) AS oldest,"
                        + " SUM(CASE WHEN execution_time < ? AND NOT picked THEN 1 ELSE 0 END) AS overdue"
                        + " FROM axon.scheduled_tasks GROUP BY task_name ORDER BY task_name")
                .param(utc(clock.instant()))
                .query((row, number) -> new TaskCount(row.getString("task_name"), row.getLong("pending"),
                        row.getLong("overdue"), instant(row, "oldest"))).list();
    }

    private List<Pending> next(@Nullable String task, int limit) {
        return jdbc.sql("SELECT task_name, task_instance, execution_time, picked_by, consecutive_failures"
                        + " FROM axon.scheduled_tasks" + (task == null ? "" : " WHERE task_name = :task")
                        + " ORDER BY execution_time, task_instance LIMIT :limit")
                .params(task == null ? Map.of() : Map.of("task", task)).param("limit", limit)
                .query((row, number) -> new Pending(row.getString("task_name"), row.getString("task_instance"),
                        instant(row, "execution_time"), row.getString("picked_by"),
                        row.getInt("consecutive_failures"))).list();
    }
}
