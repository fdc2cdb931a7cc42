package io.orderflow.operations;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.platform.spi.ProjectedTables;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.config.ProcessingGroup;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the projections are up to date; readable by all users, not only by operators. */
@RestController
@RequestMapping("/v1/projections")
class ProjectionController {

    private final EventProcessors processors;
    private final Set<String> projections;

    ProjectionController(EventProcessors processors, ListableBeanFactory beans) {
        this.processors = processors;
        this.projections = Stream.of(beans.getBeanNamesForAnnotation(ProjectedTables.class))
                .map(bean -> beans.findAnnotationOnBean(bean, ProcessingGroup.class).value())
                .collect(Collectors.toSet());
    }

    /** State of a projection. */
    enum State {
        @JsonProperty("up_to_date") UP_TO_DATE,
        /** Events are still to be handled. */
        @JsonProperty("behind") BEHIND,
        /** Paused by an operator. */
        @JsonProperty("paused") PAUSED,
        /** Retries an event that fails. */
        @JsonProperty("failing") FAILING
    }

    /**
     * @param since    when it was paused, UTC
     * @param lag      events that the slowest segment has still to handle
     * @param position of the slowest segment, -1 before the first event
     */
    record ProjectionView(String name, State state, @Nullable Instant since, long lag, long position) {
    }

    /** @param items sorted by name */
    record ProjectionList(List<ProjectionView> items) {
    }

    @GetMapping
    ProjectionList list() {
        return new ProjectionList(processors.all().stream()
                .filter(processor -> projections.contains(processor.name())).map(ProjectionController::view).toList());
    }

    private static ProjectionView view(ProcessorView processor) {
        return new ProjectionView(processor.name(), state(processor), processor.pausedAt(), processor.lag(),
                processor.head() - processor.lag());
    }

    private static State state(ProcessorView processor) {
        if (processor.pausedAt() != null) {
            return State.PAUSED;
        }
        if (processor.error() != null) {
            return State.FAILING;
        }
        return processor.caughtUp() ? State.UP_TO_DATE : State.BEHIND;
    }
}
