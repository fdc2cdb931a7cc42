package io.orderflow.platform.messaging;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.AxonThreadFactory;

/**
 * Runs the coordinator of a processor and limits its pauses between failed attempts, which Axon doubles up to a minute.
 */
final class CoordinatorExecutor extends ScheduledThreadPoolExecutor {

    private final long longestPause;

    CoordinatorExecutor(String processor, Duration longestPause) {
        super(1, new AxonThreadFactory("Coordinator[" + processor + "]"));
        this.longestPause = longestPause.toMillis();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return super.schedule(task, Math.min(unit.toMillis(delay), longestPause), TimeUnit.MILLISECONDS);
    }
}
