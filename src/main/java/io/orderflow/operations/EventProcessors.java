package io.orderflow.operations;

import io.orderflow.operations.ProcessorView.Segment;
import io.orderflow.platform.spi.ProcessorErrors;
import io.orderflow.platform.spi.ProcessorTokens;
import io.orderflow.shared.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The event processors, including those of the sagas, and their state. */
@Component
class EventProcessors {

    private final EventProcessingConfiguration configuration;
    private final EventStore events;
    private final ProcessorTokens tokens;
    private final ProcessorPauses pauses;
    private final ProcessorErrors errors;
    private final DeadLetterRows letters;

    EventProcessors(EventProcessingConfiguration configuration, EventStore events, ProcessorTokens tokens,
            ProcessorPauses pauses, ProcessorErrors errors, DeadLetterRows letters) {
        this.configuration = configuration;
        this.events = events;
        this.tokens = tokens;
        this.pauses = pauses;
        this.errors = errors;
        this.letters = letters;
    }

    private Optional<StreamingEventProcessor> find(String name) {
        return configuration.eventProcessor(name, StreamingEventProcessor.class);
    }

    StreamingEventProcessor require(String name) {
        return find(name).orElseThrow(() -> new Refusal(Refusal.Kind.NOT_FOUND, "unknown_processor",
                        "There is no processor '%s'; known are %s.".formatted(name,
                                configuration.eventProcessors().keySet().stream().sorted().toList())));
    }

    ProcessorView view(String name) {
        require(name);
        return all().stream().filter(processor -> processor.name().equals(name)).findFirst().orElseThrow();
    }

    /** Sorted by name. The tokens are read before the head, so that none is ahead of it. */
    List<ProcessorView> all() {
        Map<String, List<ProcessorTokens.Row>> rows = tokens.all().stream()
                .collect(Collectors.groupingBy(ProcessorTokens.Row::processor));
        var paused = pauses.all();
        var parked = letters.counts();
        long head = Optional.ofNullable(events.createHeadToken()).map(TrackingToken::position)
                .map(position -> position.orElse(-1)).orElse(-1L);
        return configuration.eventProcessors().keySet().stream().sorted()
                .map(this::find).flatMap(Optional::stream)
                .map(processor -> view(processor, rows.getOrDefault(processor.getName(), List.of()), head,
                        paused.get(processor.getName()), parked.getOrDefault(processor.getName(), 0L)))
                .toList();
    }

    private ProcessorView view(StreamingEventProcessor processor, List<ProcessorTokens.Row> rows, long head,
            @Nullable Instant pausedAt, long parked) {
        var segments = rows.stream().map(row -> segment(row, head)).toList();
        return new ProcessorView(processor.getName(), processor.isRunning(), pausedAt, head,
                segments.stream().mapToLong(Segment::lag).max().orElse(head + 1),
                segments.stream().anyMatch(Segment::replaying),
                !segments.isEmpty() && segments.stream().allMatch(Segment::caughtUp), parked,
                segments.stream().map(Segment::error).filter(Objects::nonNull).findFirst().orElse(null), segments);
    }

    private Segment segment(ProcessorTokens.Row row, long head) {
        long lag = Math.max(0, head - row.position());
        return new Segment(row.segment(), row.position(), lag, row.replaying(), lag == 0, row.owner(),
                errors.error(row.processor(), row.segment()).orElse(null));
    }
}
