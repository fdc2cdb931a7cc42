package io.orderflow.platform.scheduling;

import com.github.kagkarlsson.scheduler.task.AbstractTask;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler.ReviveDeadExecution;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Duration;

/** A task that is tried again for ever, first soon and then at most a minute apart, instead of every five minutes. */
final class ExponentialBackoffTask<T> extends AbstractTask<T> {

    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
    private static final int DOUBLINGS = 7;

    private final Task<T> task;

    ExponentialBackoffTask(Task<T> task) {
        super(task.getName(), task.getDataClass(), retry(), new ReviveDeadExecution<>());
        this.task = task;
    }

    private static <T> FailureHandler<T> retry() {
        return (failed, operations) -> operations.reschedule(failed,
                failed.getTimeDone().plus(delay(failed.getExecution().consecutiveFailures)));
    }

    static Duration delay(int failuresBefore) {
        Duration doubled = FIRST_DELAY.multipliedBy(1L << Math.min(DOUBLINGS, failuresBefore));
        return doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY;
    }

    @Override
    public CompletionHandler<T> execute(TaskInstance<T> instance, ExecutionContext context) {
        return task.execute(instance, context);
    }

    @Override
    public SchedulableInstance<T> schedulableInstance(String id) {
        return task.schedulableInstance(id);
    }

    @Override
    public SchedulableInstance<T> schedulableInstance(String id, T data) {
        return task.schedulableInstance(id, data);
    }
}
