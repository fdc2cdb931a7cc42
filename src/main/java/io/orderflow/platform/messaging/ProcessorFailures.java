package io.orderflow.platform.messaging;

import io.orderflow.platform.spi.ProcessorErrors;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.ExecutionResult;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.stereotype.Component;

/**
 * Records the failures of this node's processors by segment. After a failed batch Axon releases the segment until it is
 * retried, for up to a minute, and meanwhile reports neither the failure nor its cause.
 */
@Component
class ProcessorFailures implements ProcessorErrors {

    private static final String WATCHED = ProcessorFailures.class.getName();
    /** A segment is retried within a minute; otherwise another node works on it, or it was merged. */
    private static final Duration RETRIED = Duration.ofMinutes(3);

    private final Map<String, Failure> failing = new ConcurrentHashMap<>();
    private final Clock clock;

    ProcessorFailures(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param since time of the first failure since the last success, UTC
     * @param last  time of the latest failure, UTC
     */
    record Failure(Instant since, Instant last, String error) {
    }

    /** Interceptor that records how each batch of a processor ends. */
    MessageHandlerInterceptor<EventMessage<?>> watch(String processor) {
        String segmentKey = "Processor[" + processor + "]/SegmentId";
        return (work, chain) -> {
            if (work.getResource(segmentKey) instanceof Integer segment
                    && work.resources().putIfAbsent(WATCHED, true) == null) {
                work.afterCommit(done -> failing.remove(name(processor, segment)));
                work.onRollback(undone -> failed(name(processor, segment), undone));
            }
            return chain.proceed();
        };
    }

    private void failed(String segment, UnitOfWork<?> work) {
        ExecutionResult result = work.getExecutionResult();
        String error = result == null || !result.isExceptionResult() ? "The batch was rolled back"
                : result.getExceptionResult().toString();
        Instant now = clock.instant();
        failing.merge(segment, new Failure(now, now, error), (first, again) ->
                isForgotten(first, now) ? again : new Failure(first.since(), now, error));
    }

    @Override
    public Optional<String> error(String processor, int segment) {
        return Optional.ofNullable(all().get(name(processor, segment))).map(Failure::error);
    }

    /** By processor and segment. */
    Map<String, Failure> all() {
        Instant now = clock.instant();
        return failing.entrySet().stream().filter(failure -> !isForgotten(failure.getValue(), now))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static boolean isForgotten(Failure failure, Instant now) {
        return failure.last().isBefore(now.minus(RETRIED));
    }

    private static String name(String processor, int segment) {
        return processor + '/' + segment;
    }
}
