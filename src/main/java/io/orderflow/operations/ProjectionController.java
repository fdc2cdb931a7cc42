package io.orderflow.operations;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.platform.spi.ProjectedTables;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.config.ProcessingGroup;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether what is read is up to date, for everybody who reads: nobody has to be an operator to know that. */
@RestController
@RequestMapping("/v1/projections")
class ProjectionController {

    private final ProcessorStates processors;
    private final Set<String> projections;

    ProjectionController(ProcessorStates processors, ListableBeanFactory beans) {
        this.processors = processors;
        this.projections = Stream.of(beans.getBeanNamesForAnnotation(ProjectedTables.class))
                .map(bean -> beans.findAnnotationOnBean(bean, ProcessingGroup.class).value())
                .collect(Collectors.toSet());
    }

    /** How a projection gets on. */
    enum State {
        @JsonProperty("up_to_date") UP_TO_DATE,
        /** It has events to handle: for a moment after each, or as long as no node works on it. */
        @JsonProperty("behind") BEHIND,
        /** An operator has paused it. */
        @JsonProperty("paused") PAUSED,
        /** It fails on an event and tries it again. */
        @JsonProperty("failing") FAILING
    }

    /**
     * @param since    when it was paused, UTC; null unless it is
     * @param lag      how many event numbers it is behind the head
     * @param position of the slowest of its segments, -1 before the first event
     */
    record ProjectionView(String name, State state, Instant since, long lag, long position) {
    }

    /** @param items by name */
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
