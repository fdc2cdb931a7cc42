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
 * What the batches of this node's processors fail on, segment by segment. A segment whose batch has failed is given up
 * until it is tried again, for up to a minute, and meanwhile Axon says neither that it has failed nor why.
 */
@Component
class ProcessorFailures implements ProcessorErrors {

    private static final String WATCHED = ProcessorFailures.class.getName();
    /** A segment is tried again after a minute at most; one that is not has gone to another node, or is no more. */
    private static final Duration RETRIED = Duration.ofMinutes(3);

    private final Map<String, Failure> failing = new ConcurrentHashMap<>();
    private final Clock clock;

    ProcessorFailures(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param since when it failed first, without a success in between, UTC
     * @param last  when it failed last, UTC
     */
    record Failure(Instant since, Instant last, String error) {
    }

    /** Sees how each batch of a processor ends. */
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
        String error = result == null || !result.isExceptionResult() ? "It was rolled back"
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
